//! Resources in the files of Terraform: the state, what `terraform show -json` prints of it, and configuration in JSON.
//!
//! Sources: the documentation of Terraform's JSON output format (`format_version`, `values.root_module`), and of its JSON
//! configuration syntax. The state itself (`terraform.tfstate`, version 4) has no promised format, and one that is stable
//! since Terraform 0.12.

use std::collections::BTreeMap;

use crate::interop::field::{Field, Object};

/// A resource or a data source.
pub(super) struct Resource<'a> {
    /// Its type, such as `pagerduty_schedule`.
    pub(super) kind: String,
    /// How others refer to it, such as `pagerduty_schedule.primary`.
    pub(super) address: String,
    /// Its attributes.
    pub(super) object: Object<'a>,
}

/// Modules within modules are read so deep.
const DEEPEST: usize = 32;

/// The resources of a file and the values that its `locals` name; none if it is no file of Terraform.
pub(super) fn resources<'a>(root: &Field<'a>) -> Option<(Vec<Resource<'a>>, BTreeMap<String, String>)> {
    let root = root.object()?;
    let mut all = Vec::new();
    let mut locals = BTreeMap::new();
    if root.has("format_version") && (root.has("values") || root.has("planned_values")) {
        let values = root.field("values").or_else(|| root.field("planned_values")).and_then(|values| values.object());
        let module = values.and_then(|values| values.field("root_module")?.object());
        module.iter().for_each(|module| shown(module, 0, &mut all));
    } else if root.has("terraform_version") && root.has("resources") {
        root.field("resources").and_then(|all| all.items()).into_iter().flatten().for_each(|it| state(&it, &mut all));
    } else if root.has("resource") || (root.has("data") && root.has("terraform")) {
        for (section, prefix) in [("resource", ""), ("data", "data.")] {
            written(&root, section, prefix, &mut all);
        }
        root.field("locals").iter().for_each(|field| values("local", field, 0, &mut locals));
    } else {
        return None;
    }
    Some((all, locals))
}

/// A module as `terraform show -json` prints it.
fn shown<'a>(module: &Object<'a>, depth: usize, all: &mut Vec<Resource<'a>>) {
    for resource in list(module, "resources") {
        let text = |name: &str| resource.field(name).and_then(|field| field.text());
        let values = resource.field("values").and_then(|values| values.object());
        if let (Some(kind), Some(address), Some(object)) = (text("type"), text("address"), values) {
            all.push(Resource { kind, address, object });
        }
    }
    if depth < DEEPEST {
        list(module, "child_modules").iter().for_each(|module| shown(module, depth + 1, all));
    }
}

/// A resource of a state with all its instances.
fn state<'a>(resource: &Field<'a>, all: &mut Vec<Resource<'a>>) {
    let Some(resource) = resource.object() else { return };
    let text = |name: &str| resource.field(name).and_then(|field| field.text());
    let (Some(kind), Some(name)) = (text("type"), text("name")) else { return };
    let module = text("module").map(|module| format!("{module}.")).unwrap_or_default();
    let data = if text("mode").as_deref() == Some("data") { "data." } else { "" };
    for instance in list(&resource, "instances") {
        let index = instance.field("index_key").map(|key| format!("[{}]", key.as_written())).unwrap_or_default();
        let address = format!("{module}{data}{kind}.{name}{index}");
        if let Some(object) = instance.field("attributes").and_then(|attributes| attributes.object()) {
            all.push(Resource { kind: kind.clone(), address, object });
        }
    }
}

/// A section of configuration: by type and name.
fn written<'a>(root: &Object<'a>, section: &str, prefix: &str, all: &mut Vec<Resource<'a>>) {
    let types = root.field(section).and_then(|section| section.object());
    for (kind, named) in types.iter().flat_map(Object::fields) {
        for (name, field) in named.object().iter().flat_map(Object::fields) {
            let bodies = field.items().unwrap_or_else(|| vec![field]);
            for object in bodies.iter().filter_map(Field::object) {
                let address = format!("{prefix}{kind}.{name}");
                all.push(Resource { kind: kind.to_owned(), address, object });
            }
        }
    }
}

fn list<'a>(object: &Object<'a>, name: &str) -> Vec<Object<'a>> {
    let items = object.field(name).and_then(|field| field.items()).unwrap_or_default();
    items.iter().filter_map(Field::object).collect()
}

fn values(path: &str, field: &Field<'_>, depth: usize, all: &mut BTreeMap<String, String>) {
    if let Some(object) = field.object().filter(|_| depth < DEEPEST) {
        object.fields().for_each(|(name, field)| values(&format!("{path}.{name}"), &field, depth + 1, all));
    } else if let Some(text) = field.scalar() {
        all.insert(path.to_owned(), text);
    }
}

/// What a value refers to: `${pagerduty_schedule.primary.id}` to `pagerduty_schedule.primary`, a local value to what it
/// is, and anything else to itself.
pub(super) fn referred(text: &str, locals: &BTreeMap<String, String>) -> String {
    let Some(inner) = text.strip_prefix("${").and_then(|text| text.strip_suffix('}')).map(str::trim) else {
        return text.to_owned();
    };
    // `local.people["ana"]` is `local.people.ana`.
    let plain = inner.replace("[\"", ".").replace("\"]", "");
    locals.get(&plain).cloned().unwrap_or_else(|| plain.strip_suffix(".id").unwrap_or(&plain).to_owned())
}
