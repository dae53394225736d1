//! `_types/<room>.py` (what is written and told), `_facade/<noun>.py` (what one lives with), and a module a union.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::model::{Contract, Field, Named, Operation, Shape, Ty, is_made, snake};
use super::{HEAD, called, used};

/// Where they go.
pub(crate) const HOME: &str = "bindings-python/python/incident_core";

/// Names a field cannot have in a class.
pub(crate) const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Every file: its name and text. A noun that has a file in `_by_hand/` derives from what is there; a
/// method that is there is not generated.
pub(crate) fn files(contract: &Contract, home: &Path) -> Vec<(String, String)> {
    let mut files = vec![
        ("__init__.py".to_owned(), init(contract)),
        ("_types/__init__.py".to_owned(), head("What is written and told, a module a room.")),
        ("_facade/__init__.py".to_owned(), nouns(contract)),
    ];
    files.extend(
        contract
            .rooms()
            .iter()
            .filter(|room| contract.of_room(room).next().is_some())
            .map(|room| (format!("_types/{room}.py"), types(contract, room))),
    );
    files.extend(contract.nouns().iter().map(|noun| {
        let module = snake(noun);
        let by_hand = std::fs::read_to_string(home.join(format!("_by_hand/{module}.py"))).ok();
        (format!("_facade/{module}.py"), facade(contract, noun, by_hand.as_deref()))
    }));
    if contract.functions().next().is_some() {
        files.push(("_facade/functions.py".to_owned(), functions(contract)));
    }
    files.extend(contract.unions().into_iter().map(|(module, named, members)| {
        let from =
            |member: &String| format!("from ._types.{} import {member} as {member}\n", contract.named(member).room);
        let imports: String = members.iter().map(from).collect();
        (
            format!("{module}.py"),
            format!("{}\n{imports}", head(&format!("The members of `{}`, for `match`.", named.name))),
        )
    }));
    files
}

fn head(doc: &str) -> String {
    format!("# {HEAD}\n\"\"\"{doc}\"\"\"\n")
}

fn types(contract: &Contract, room: &str) -> String {
    // Names first: a name for a type must exist before the classes that are tagged with it.
    let mut types: Vec<_> = contract.of_room(room).filter(|named| !named.is_scalar()).collect();
    types.sort_by_key(|named| match named.shape {
        Shape::Alias(_) | Shape::Choice(_) => 0,
        Shape::Record { .. } => 1,
        Shape::Union(_) => 2,
    });
    let body: String = types.iter().map(|named| declare(named, contract)).collect();
    let names = types.iter().flat_map(|named| named.names());
    let doc = format!("What `{room}` is given and answers.");
    format!(
        "{}\nfrom __future__ import annotations\n\n{}{body}",
        head(&doc),
        imports(&body, names, contract, room, ".")
    )
}

/// The imports that `body` needs, and no others.
fn imports<'a>(
    body: &str,
    names: impl IntoIterator<Item = &'a str>,
    contract: &'a Contract,
    room: &str,
    types: &str,
) -> String {
    let mut out = String::new();
    let mut from = |module: &str, all: &[&str]| {
        let used = used(all.iter().copied(), body);
        if !used.is_empty() {
            out += &format!("from {module} import {}\n", used.join(", "));
        }
    };
    from("collections.abc", &["Awaitable", "Callable", "Mapping"]);
    from("dataclasses", &["dataclass", "field"]);
    from("datetime", &["date", "datetime", "timedelta"]);
    from("typing", &["TYPE_CHECKING", "Any", "ClassVar", "Literal", "NotRequired", "Self", "TypeAlias", "TypedDict"]);
    let standard = !out.is_empty();
    let mut ours: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for named in
        names.into_iter().map(|name| contract.named(name)).filter(|named| named.room != room && !named.is_scalar())
    {
        let (name, reader) = (named.name.clone(), decoder(&named.name));
        let needed = [name, reader].into_iter().filter(|name| crate::floors::has_word(body, name));
        ours.entry(&named.room).or_default().extend(needed);
    }
    let runtime = [
        "Bytes", "Date", "Duration", "Instant", "Noun", "ask", "day", "elapsed", "held", "instant", "maybe", "new_id",
        "noun", "raw",
    ];
    let runtime = called(runtime, body);
    let ours: String = ours
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(room, names)| {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            format!("from {types}{room} import {}\n", names.join(", "))
        })
        .collect();
    let dots = if types == "." { ".." } else { types.trim_end_matches("_types.") };
    let runtime =
        if runtime.is_empty() { String::new() } else { format!("from {dots}_runtime import {}\n", runtime.join(", ")) };
    let gap = if standard && !(runtime.is_empty() && ours.is_empty()) { "\n" } else { "" };
    format!("{out}{gap}{runtime}{ours}")
}

fn declare(named: &Named, contract: &Contract) -> String {
    let Named { name, doc, shape, .. } = named;
    match shape {
        Shape::Alias(ty) => {
            // What stands further down is named in quotes.
            let later = ty.names().iter().any(|other| contract.named(other).room == named.room);
            let quote = if later { "\"" } else { "" };
            format!("\n{name}: TypeAlias = {quote}{}{quote}\n\"\"\"{doc}\"\"\"\n", annotation(ty, contract, true))
        }
        Shape::Choice(all) => format!("\n{name}: TypeAlias = {}\n\"\"\"{doc}\"\"\"\n", literal(all)),
        Shape::Union(members) => {
            let alias = format!("\n\n{name}: TypeAlias = {}\n\"\"\"{doc}\"\"\"\n", members.join(" | "));
            if !is_told(named, contract) {
                return alias;
            }
            let (read, by_tag) = (decoder(name), format!("{}_BY_TYPE", decoder(name).to_uppercase()));
            let row = |member: &String| format!("    \"{}\": {},\n", tag(member, contract), decoder(member));
            let rows: String = members.iter().map(row).collect();
            format!(
                "{alias}\n\ndef {read}(o: Any) -> {name}:\n    return {by_tag}[o[\"type\"]](o)\n\n\n{by_tag}: Mapping[str, Callable[[Any], {name}]] = {{\n{rows}}}\n"
            )
        }
        Shape::Record { fields, written: true, tag } => written(name, doc, fields, tag.as_deref(), contract),
        Shape::Record { fields, tag, .. } => told(name, doc, fields, tag.as_deref(), contract),
    }
}

fn written(name: &str, doc: &str, fields: &[Field], tag: Option<&str>, contract: &Contract) -> String {
    let annotate = |field: &Field| {
        let ty = annotation(&field.ty, contract, true);
        if field.required { ty } else { format!("NotRequired[{ty}]") }
    };
    // A key that is a keyword cannot stand in a class.
    if fields.iter().any(|field| KEYWORDS.contains(&field.name.as_str())) {
        let tag = tag.map(|tag| format!("\"type\": \"Literal['{tag}']\"")).into_iter();
        let rows = fields.iter().map(|field| format!("\"{}\": \"{}\"", field.name, annotate(field).replace('"', "'")));
        let rows: String = tag.chain(rows).map(|row| format!("    {row},\n")).collect();
        return format!("\n\n{name} = TypedDict(\"{name}\", {{\n{rows}}})\n\"\"\"{doc}\"\"\"\n");
    }
    let tag = tag.map(|tag| format!("    type: Literal[\"{tag}\"]\n")).unwrap_or_default();
    let rows: String =
        fields.iter().map(|field| format!("    {}: {}\n{}", field.name, annotate(field), described(field))).collect();
    format!("\n\nclass {name}(TypedDict):\n    \"\"\"{}\"\"\"\n\n{tag}{rows}", indented(doc, 4)).trim_end().to_owned()
        + "\n"
}

fn told(name: &str, doc: &str, fields: &[Field], tag: Option<&str>, contract: &Contract) -> String {
    let tag = tag.map(|tag| format!("    type: ClassVar[Literal[\"{tag}\"]] = \"{tag}\"\n")).unwrap_or_default();
    let row = |field: &Field| {
        let ty = annotation(&field.ty, contract, false);
        let ty = match (&field.ty, field.empty) {
            (Ty::List(_), true) => format!("{ty} = field(default_factory=list)"),
            (_, true) => format!("{ty} = field(default_factory=dict)"),
            _ if field.required => ty,
            _ => format!("{ty} | None = None"),
        };
        format!("    {}: {ty}\n{}", field.name, described(field))
    };
    let rows: String = fields.iter().map(row).collect();
    let parts: Vec<_> = fields.iter().map(|field| format!("{}={}", field.name, read_field(field, contract))).collect();
    let class = format!(
        "\n\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:\n    \"\"\"{}\"\"\"\n\n{tag}{rows}",
        indented(doc, 4)
    );
    format!(
        "{}\n\n\ndef {}(o: Any) -> {name}:\n    return {name}({})\n",
        class.trim_end(),
        decoder(name),
        parts.join(", ")
    )
}

fn described(field: &Field) -> String {
    if field.doc.is_empty() { String::new() } else { format!("    \"\"\"{}\"\"\"\n", indented(&field.doc, 4)) }
}

fn indented(doc: &str, by: usize) -> String {
    let doc = doc.replace('\\', "\\\\");
    let mut lines = doc.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    let rest: String = lines
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n{}{line}", " ".repeat(by)) })
        .collect();
    let end = if rest.is_empty() { String::new() } else { format!("\n{}", " ".repeat(by)) };
    format!("{first}{rest}{end}")
}

fn facade(contract: &Contract, noun: &str, by_hand: Option<&str>) -> String {
    let base = if by_hand.is_some() { format!("by_hand.{noun}") } else { "Noun".to_owned() };
    let written = |operation: &&Operation| {
        by_hand.is_some_and(|text| text.contains(&format!("    def {}(self", operation.method)))
    };
    let of_noun: Vec<_> = contract.of_noun(noun).filter(|operation| !written(operation)).collect();
    let methods: String = of_noun.iter().map(|operation| method(operation, contract)).collect();
    let body = format!("\n\nclass {noun}({base}):\n    __slots__ = ()\n    __module__ = \"incident_core\"\n{methods}");
    let by_hand =
        if by_hand.is_some() { format!("from .._by_hand import {} as by_hand\n", snake(noun)) } else { String::new() };
    format!(
        "# {HEAD}\nfrom __future__ import annotations\n\n{}{by_hand}{body}",
        facade_imports(&body, &of_noun, contract, noun)
    )
}

fn functions(contract: &Contract) -> String {
    let all: Vec<_> = contract.functions().collect();
    let body: String = all.iter().map(|operation| function(operation, contract)).collect();
    format!("# {HEAD}\nfrom __future__ import annotations\n\n{}{body}", facade_imports(&body, &all, contract, ""))
}

fn facade_imports(body: &str, operations: &[&Operation], contract: &Contract, own: &str) -> String {
    let types: Vec<_> = operations.iter().flat_map(|operation| operation.types()).collect();
    // Nouns refer to each other in a circle; only a type checker follows it.
    let nouns: BTreeSet<_> = types
        .iter()
        .filter_map(|ty| match ty {
            Ty::Handle(noun) if noun != own => Some(format!("    from .{} import {noun}\n", snake(noun))),
            _ => None,
        })
        .collect();
    let checked = match nouns.is_empty() {
        true => String::new(),
        false => format!("\nif TYPE_CHECKING:\n{}", nouns.into_iter().collect::<String>()),
    };
    let names = types.iter().flat_map(|ty| ty.names());
    imports(&format!("{checked}{body}"), names, contract, "", ".._types.") + &checked
}

fn method(operation: &Operation, contract: &Contract) -> String {
    let makes = operation.answer == Ty::Handle(operation.noun.clone()) && !operation.has_receiver();
    let (decorator, first) = match (operation.has_receiver(), makes) {
        (true, _) => ("", Some("self")),
        (_, true) => ("    @classmethod\n", Some("cls")),
        _ => ("    @staticmethod\n", None),
    };
    let text = definition(operation, contract, first, makes);
    let text: String =
        text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect();
    format!("\n{decorator}{text}")
}

fn function(operation: &Operation, contract: &Contract) -> String {
    format!("\n\n{}", definition(operation, contract, None, false))
}

fn definition(operation: &Operation, contract: &Contract, first: Option<&str>, makes: bool) -> String {
    let Operation { name, method, beside, positional, named, answer, doc, .. } = operation;
    let parameter = |field: &Field| {
        let ty = annotation(&field.ty, contract, true);
        if field.required { format!("{}: {ty}", field.name) } else { format!("{}: {ty} | None = None", field.name) }
    };
    let mut parameters: Vec<String> = first.map(str::to_owned).into_iter().collect();
    parameters.extend(beside.iter().chain(positional).map(parameter));
    parameters.extend((!named.is_empty()).then(|| "*".to_owned()));
    parameters.extend(named.iter().map(parameter));
    let value = |field: &Field| if is_made(field) { "id or new_id(at)".to_owned() } else { field.name.clone() };
    let args: Vec<_> =
        positional.iter().chain(named).map(|field| format!("\"{}\": {}", field.name, value(field))).collect();
    let list = |all: Vec<String>| if all.is_empty() { "()".to_owned() } else { format!("({},)", all.join(", ")) };
    let handles = list(operation.handles().map(|field| format!("held({0}, \"/{0}\")", field.name)).collect());
    let bytes = list(operation.bytes().map(|field| format!("raw({0}, \"/{0}\")", field.name)).collect());
    let beside = match (handles.as_str(), bytes.as_str()) {
        ("()", "()") => String::new(),
        (_, "()") => format!(", {handles}"),
        _ => format!(", {handles}, {bytes}"),
    };
    let this = if operation.has_receiver() { "self._handle" } else { "None" };
    let asked = format!("ask(\"{name}\", {this}, {{{}}}{beside})", args.join(", "));
    let (returns, body) = match answer {
        Ty::Handle(_) if makes => ("Self".to_owned(), format!("return cls._of({asked})")),
        Ty::Handle(of) => (of.clone(), format!("answer: {of} = noun({asked})\n    return answer")),
        Ty::Nothing => ("None".to_owned(), asked),
        Ty::Maybe(of) => {
            let told = format!("{} | None", annotation(of, contract, false));
            let body = match read(of, "x", contract) {
                plain if plain == "x" => format!("answer: {told} = {asked}\n    return answer"),
                decoded => format!("return maybe(lambda x: {decoded}, {asked})"),
            };
            (told, body)
        }
        ty => {
            let told = annotation(ty, contract, false);
            let body = match read(ty, &asked, contract) {
                plain if plain == asked => format!("answer: {told} = {asked}\n    return answer"),
                decoded => format!("return {decoded}"),
            };
            (told, body)
        }
    };
    format!("def {method}({}) -> {returns}:\n    \"\"\"{}\"\"\"\n    {body}\n", parameters.join(", "), indented(doc, 4))
}

/// `_facade/__init__.py`: the nouns by name, for answers.
fn nouns(contract: &Contract) -> String {
    let imports: String =
        contract.nouns().iter().map(|noun| format!("from .{} import {noun} as {noun}\n", snake(noun))).collect();
    format!("{}\n{imports}", head("What one lives with, a module a noun."))
}

fn init(contract: &Contract) -> String {
    let errors = ["Conflict", "IncidentCoreError", "Invalid", "Limit", "Refused"];
    let unions = contract.unions();
    let modules: Vec<_> = unions.iter().map(|(module, ..)| module.as_str()).collect();
    let nouns = contract.nouns();
    let functions: Vec<_> = contract.functions().map(|operation| operation.method.as_str()).collect();
    let mut out = head("The incident lifecycle as a library.") + "\n";
    let mut from = |module: &str, names: &[&str]| {
        if !names.is_empty() {
            out += &format!("from {module} import {}\n", names.join(", "));
        }
    };
    from(".", &modules);
    from("._errors", &errors);
    from("._facade", &nouns);
    from("._facade.functions", &functions);
    from("._runtime", &["Bytes", "Date", "Duration", "Instant"]);
    let mut exported: Vec<&str> = Vec::new();
    for room in contract.rooms() {
        let shown = contract.of_room(room).filter(|named| !named.is_scalar() && !named.is_member());
        let names: Vec<_> = shown.map(|named| named.name.as_str()).collect();
        from(&format!("._types.{room}"), &names);
        exported.extend(names);
    }
    let mut all: Vec<&str> =
        [&modules[..], &errors, &nouns, &functions, &["Bytes", "Date", "Duration", "Instant"], &exported].concat();
    all.sort_unstable();
    out += "\n__all__ = [\n";
    all.iter().for_each(|name| out += &format!("    \"{name}\",\n"));
    out + "]\n"
}

fn annotation(ty: &Ty, contract: &Contract, given: bool) -> String {
    let of = |ty: &Ty| annotation(ty, contract, given);
    match ty {
        Ty::Text => "str".into(),
        Ty::Bool => "bool".into(),
        Ty::Int => "int".into(),
        Ty::Float => "float".into(),
        Ty::Instant => if given { "Instant" } else { "datetime" }.into(),
        Ty::Date => if given { "Date" } else { "date" }.into(),
        Ty::Elapsed => if given { "Duration" } else { "timedelta" }.into(),
        Ty::Any => if given { "object" } else { "Any" }.into(),
        Ty::Nothing => "None".into(),
        Ty::Bytes => "Bytes".into(),
        Ty::Literal(all) => literal(all),
        Ty::List(one) => format!("list[{}]", of(one)),
        Ty::Map(one) => format!("dict[str, {}]", of(one)),
        Ty::Maybe(one) => format!("{} | None", of(one)),
        Ty::OneOf(all) => all.iter().map(of).collect::<Vec<_>>().join(" | "),
        Ty::Handle(name) => name.clone(),
        Ty::Named(name) => match &contract.named(name).shape {
            Shape::Alias(ty @ (Ty::Instant | Ty::Date | Ty::Elapsed)) => annotation(ty, contract, given),
            _ => name.clone(),
        },
    }
}

fn literal(all: &[String]) -> String {
    format!("Literal[{}]", all.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(", "))
}

fn read_field(field: &Field, contract: &Contract) -> String {
    let name = &field.name;
    let absent = if matches!(field.ty, Ty::List(_)) { "[]" } else { "{}" };
    match (field.required, read(&field.ty, "x", contract)) {
        _ if field.empty => read(&field.ty, &format!("o.get(\"{name}\", {absent})"), contract),
        (true, _) => read(&field.ty, &format!("o[\"{name}\"]"), contract),
        (false, plain) if plain == "x" => format!("o.get(\"{name}\")"),
        (false, decoded) => format!("maybe(lambda x: {decoded}, o.get(\"{name}\"))"),
    }
}

/// The expression that turns parsed JSON into what is told.
fn read(ty: &Ty, expression: &str, contract: &Contract) -> String {
    match ty {
        Ty::Instant => format!("instant({expression})"),
        Ty::Date => format!("day({expression})"),
        Ty::Elapsed => format!("elapsed({expression})"),
        Ty::List(of) => match read(of, "x", contract) {
            plain if plain == "x" => expression.to_owned(),
            decoded => format!("[{decoded} for x in {expression}]"),
        },
        Ty::Map(of) => match read(of, "x", contract) {
            plain if plain == "x" => expression.to_owned(),
            decoded => format!("{{k: {decoded} for k, x in {expression}.items()}}"),
        },
        Ty::Named(name) => match contract.named(name) {
            Named { shape: Shape::Alias(ty), .. } => read(ty, expression, contract),
            named if is_told(named, contract) => format!("{}({expression})", decoder(name)),
            _ => expression.to_owned(),
        },
        _ => expression.to_owned(),
    }
}

/// Whether a type is told as a dataclass, or as one of several.
fn is_told(named: &Named, contract: &Contract) -> bool {
    match &named.shape {
        Shape::Record { written, .. } => !written,
        Shape::Union(members) => members.iter().all(|member| is_told(contract.named(member), contract)),
        _ => false,
    }
}

fn tag<'a>(member: &str, contract: &'a Contract) -> &'a str {
    match &contract.named(member).shape {
        Shape::Record { tag: Some(tag), .. } => tag,
        _ => "",
    }
}

/// `OnCall` is read by `_on_call`.
fn decoder(name: &str) -> String {
    format!("_{}", snake(name))
}
