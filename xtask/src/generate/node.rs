//! `facade/<noun>.cjs` (what one lives with), `types/<room>.d.cts` (what is written and told), and the indexes that
//! `import` and `require` share.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::model::{Contract, Field, Named, Operation, Shape, Ty, is_made, snake};
use super::{HEAD, called, used};

/// Where they go.
pub(crate) const HOME: &str = "bindings-node";

const RUNTIME_TYPES: &[&str] = &["Bytes", "Day", "Duration", "Instant", "Noun"];

/// Every file: its name and text. A noun that has a file in `by-hand/` derives from what is there.
pub(crate) fn files(contract: &Contract, home: &Path) -> Vec<(String, String)> {
    let mut files = vec![
        ("index.cjs".to_owned(), index(contract)),
        ("index.mjs".to_owned(), esm("./index.cjs", &exported(contract))),
        ("index.d.cts".to_owned(), index_types(contract)),
        ("index.d.mts".to_owned(), format!("// {HEAD}\nexport * from \"./index.cjs\";\n")),
        (
            "types/index.cjs".to_owned(),
            format!("// {HEAD}\n\"use strict\";\nmodule.exports = require(\"../errors.cjs\");\n"),
        ),
        ("types/index.mjs".to_owned(), esm("./index.cjs", &["IncidentError"])),
        ("types/index.d.cts".to_owned(), types_index(contract)),
        ("types/index.d.mts".to_owned(), format!("// {HEAD}\nexport * from \"./index.cjs\";\n")),
    ];
    files.extend(
        contract
            .rooms()
            .iter()
            .filter(|room| contract.of_room(room).next().is_some())
            .map(|room| (format!("types/{room}.d.cts"), types(contract, room))),
    );
    for noun in contract.nouns() {
        let module = snake(noun);
        let by_hand = std::fs::read_to_string(home.join(format!("by-hand/{module}.cjs"))).ok();
        let by_hand = by_hand.as_deref();
        files.push((format!("facade/{module}.cjs"), facade(contract, noun, by_hand)));
        files.push((format!("facade/{module}.d.cts"), facade_types(contract, noun, by_hand)));
    }
    if contract.functions().next().is_some() {
        files.push(("facade/functions.cjs".to_owned(), functions(contract)));
        files.push(("facade/functions.d.cts".to_owned(), function_types(contract)));
    }
    files
}

fn has_functions(contract: &Contract) -> bool {
    contract.functions().next().is_some()
}

fn index(contract: &Contract) -> String {
    let nouns = contract.nouns();
    let mut out = format!(
        "// {HEAD}\n\"use strict\";\nconst {{ IncidentError }} = require(\"./errors.cjs\");\nconst {{ nouns }} = require(\"./runtime.cjs\");\n"
    );
    for noun in &nouns {
        out += &format!("Object.assign(nouns, require(\"./facade/{}.cjs\"));\n", snake(noun));
    }
    let functions = if has_functions(contract) { ", ...require(\"./facade/functions.cjs\")" } else { "" };
    out + &format!("\nmodule.exports = {{ IncidentError, ...nouns{functions} }};\n")
}

fn exported(contract: &Contract) -> Vec<String> {
    let nouns = contract.nouns().into_iter().map(str::to_owned);
    let functions = contract.functions().map(|operation| camel(&operation.method));
    ["IncidentError".to_owned()].into_iter().chain(nouns).chain(functions).collect()
}

fn esm(from: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<_> = names.iter().map(AsRef::as_ref).collect();
    format!("// {HEAD}\nimport core from \"{from}\";\nexport const {{ {} }} = core;\n", names.join(", "))
}

fn index_types(contract: &Contract) -> String {
    let mut out = format!("// {HEAD}\nexport * from \"./types/index.cjs\";\n");
    for noun in contract.nouns() {
        out += &format!("export {{ {noun} }} from \"./facade/{}.cjs\";\n", snake(noun));
    }
    if has_functions(contract) {
        out += "export * from \"./facade/functions.cjs\";\n";
    }
    out
}

fn types_index(contract: &Contract) -> String {
    let mut out = format!(
        "// {HEAD}\nexport {{ IncidentError }} from \"../errors.cjs\";\nexport type {{ Bytes, Day, Duration, Instant }} from \"../runtime.cjs\";\n"
    );
    for room in contract.rooms().iter().filter(|room| contract.of_room(room).next().is_some()) {
        out += &format!("export type * from \"./{room}.cjs\";\n");
    }
    out
}

fn facade(contract: &Contract, noun: &str, by_hand: Option<&str>) -> String {
    let (base, requires) = if by_hand.is_some() {
        (format!("byHand.{noun}"), format!("const byHand = require(\"../by-hand/{}.cjs\");\n", snake(noun)))
    } else {
        ("Noun".to_owned(), String::new())
    };
    let methods: String = contract
        .of_noun(noun)
        .filter(|operation| !is_written(operation, by_hand))
        .map(|operation| {
            let of = if operation.has_receiver() { "" } else { "static " };
            format!("{of}{}{}", pace(operation), definition(operation))
                .lines()
                .map(|line| format!("  {line}\n"))
                .collect::<String>()
        })
        .collect();
    let body = format!("\nexports.{noun} = class {noun} extends {base} {{\n{methods}}};\n");
    format!("{}{requires}{body}", facade_head(&body))
}

/// Whether a method is among what is written by hand, and needs no other.
fn is_written(operation: &Operation, by_hand: Option<&str>) -> bool {
    by_hand.is_some_and(|text| text.contains(&format!("\n  {}(", camel(&operation.method))))
}

fn facade_head(body: &str) -> String {
    let names = called(["Noun", "ask", "askLater", "held", "newId", "raw"], body);
    format!("// {HEAD}\n\"use strict\";\nconst {{ {} }} = require(\"../runtime.cjs\");\n", names.join(", "))
}

fn functions(contract: &Contract) -> String {
    let body: String = contract
        .functions()
        .map(|operation| {
            format!("\nexports.{} = {}function {}", camel(&operation.method), pace(operation), definition(operation))
                .trim_end()
                .to_owned()
                + ";\n"
        })
        .collect();
    format!("{}{body}", facade_head(&body))
}

/// What may take long refuses as a promise too.
fn pace(operation: &Operation) -> &'static str {
    if operation.slow { "async " } else { "" }
}

fn definition(operation: &Operation) -> String {
    let Operation { name, beside, positional, named, .. } = operation;
    let mut parameters: Vec<_> = beside.iter().chain(positional).map(|field| camel(&field.name)).collect();
    parameters.extend((!named.is_empty()).then(|| "options".to_owned()));
    let mut args: Vec<_> = (!named.is_empty()).then(|| "...options".to_owned()).into_iter().collect();
    args.extend(positional.iter().map(|field| match camel(&field.name) {
        same if same == field.name => same,
        other => format!("{}: {other}", field.name),
    }));
    args.extend(
        named.iter().filter(|field| is_made(field)).map(|_| "id: options?.id ?? newId(options?.at)".to_owned()),
    );
    let args = if args.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", args.join(", ")) };
    let list = |all: Vec<String>| format!("[{}]", all.join(", "));
    let handles =
        list(operation.handles().map(|field| format!("held({}, \"/{}\")", camel(&field.name), field.name)).collect());
    let bytes =
        list(operation.bytes().map(|field| format!("raw({}, \"/{}\")", camel(&field.name), field.name)).collect());
    let beside = match (handles.as_str(), bytes.as_str()) {
        ("[]", "[]") => String::new(),
        (_, "[]") => format!(", {handles}"),
        _ => format!(", {handles}, {bytes}"),
    };
    let this = if operation.has_receiver() { "this" } else { "null" };
    let ask = if operation.slow { "askLater" } else { "ask" };
    format!(
        "{}({}) {{\n  return {ask}(\"{name}\", {this}, {args}{beside});\n}}\n",
        camel(&operation.method),
        parameters.join(", ")
    )
}

fn facade_types(contract: &Contract, noun: &str, by_hand: Option<&str>) -> String {
    let operations: Vec<_> = contract.of_noun(noun).filter(|operation| !is_written(operation, by_hand)).collect();
    let (base, import) = if by_hand.is_some() {
        (format!("byHand.{noun}"), format!("import byHand = require(\"../by-hand/{}.cjs\");\n", snake(noun)))
    } else {
        ("Noun".to_owned(), String::new())
    };
    let mut body = format!(
        "\nexport class {noun} extends {base} {{\n  /** The {} that `toJson` wrote. */\n  static fromJson(text: string): {noun};\n",
        snake(noun).replace('_', " ")
    );
    for operation in &operations {
        let of = if operation.has_receiver() { "" } else { "static " };
        body += &format!("{}  {of}{};\n", comment(&operation.doc, "  "), signature(operation, contract));
    }
    body += "}\n";
    format!("// {HEAD}\n{}{import}{body}", facade_imports(&body, &operations, contract, noun))
}

fn function_types(contract: &Contract) -> String {
    let operations: Vec<_> = contract.functions().collect();
    let body: String = operations
        .iter()
        .map(|operation| {
            format!("\n{}export function {};\n", comment(&operation.doc, ""), signature(operation, contract))
        })
        .collect();
    format!("// {HEAD}\n{}{body}", facade_imports(&body, &operations, contract, ""))
}

fn facade_imports(body: &str, operations: &[&Operation], contract: &Contract, own: &str) -> String {
    let types: Vec<_> = operations.iter().flat_map(|operation| operation.types()).collect();
    let stamp = operations.iter().any(|operation| !operation.stamp.is_empty()).then_some("Stamp");
    let names = types.iter().flat_map(|ty| ty.names()).chain(stamp);
    let nouns: BTreeSet<_> = types
        .iter()
        .filter_map(|ty| match ty {
            Ty::Handle(noun) if noun != own => {
                Some(format!("import type {{ {noun} }} from \"./{}.cjs\";\n", snake(noun)))
            }
            _ => None,
        })
        .collect();
    let class = used(["Noun"], body).first().map(|_| "import { Noun } from \"../runtime.cjs\";\n").unwrap_or_default();
    let runtime: Vec<_> = used(RUNTIME_TYPES.iter().copied().filter(|name| *name != "Noun"), body);
    let runtime = if runtime.is_empty() {
        String::new()
    } else {
        format!("import type {{ {} }} from \"../runtime.cjs\";\n", runtime.join(", "))
    };
    format!(
        "{class}{runtime}{}{}",
        imports(body, names, contract, "", "../types/"),
        nouns.into_iter().collect::<String>()
    )
}

fn imports<'a>(
    body: &str,
    names: impl IntoIterator<Item = &'a str>,
    contract: &'a Contract,
    room: &str,
    at: &str,
) -> String {
    let mut ours: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for named in names.into_iter().map(|name| contract.named(name)) {
        if named.room != room && !named.is_scalar() && crate::floors::has_word(body, &named.name) {
            ours.entry(&named.room).or_default().insert(&named.name);
        }
    }
    let line = |(room, names): (&str, BTreeSet<&str>)| {
        let names: Vec<_> = names.into_iter().collect();
        format!("import type {{ {} }} from \"{at}{room}.cjs\";\n", names.join(", "))
    };
    ours.into_iter().map(line).collect()
}

fn types(contract: &Contract, room: &str) -> String {
    let types: Vec<_> = contract.of_room(room).filter(|named| !named.is_scalar()).collect();
    let body: String = types.iter().map(|named| declare(named, contract)).collect();
    let runtime = used(RUNTIME_TYPES.iter().copied(), &body);
    let runtime = if runtime.is_empty() {
        String::new()
    } else {
        format!("import type {{ {} }} from \"../runtime.cjs\";\n", runtime.join(", "))
    };
    let names = types.iter().flat_map(|named| named.names());
    format!("// {HEAD}\n{runtime}{}{body}", imports(&body, names, contract, room, "./"))
}

fn declare(named: &Named, contract: &Contract) -> String {
    let Named { name, doc, shape, .. } = named;
    let doc = comment(doc, "");
    match shape {
        Shape::Alias(ty) => format!("\n{doc}export type {name} = {};\n", annotation(ty, contract, true)),
        Shape::Choice(all) => format!("\n{doc}export type {name} = {};\n", literal(all)),
        Shape::Union(members) => {
            let members: Vec<_> = members.iter().map(|member| tagged(member, contract)).collect();
            format!("\n{doc}export type {name} = {};\n", members.join(" | "))
        }
        Shape::Record { fields, written, tag } => {
            let read = if *written { "" } else { "readonly " };
            let tag = tag.iter().filter(|_| !contract.is_shared(name)).map(|tag| format!("  {read}type: \"{tag}\";\n"));
            let fields = fields.iter().map(|field| {
                format!("{}  {read}{};\n", comment(&field.doc, "  "), property(field, contract, *written))
            });
            format!("\n{doc}export interface {name} {{\n{}}}\n", tag.chain(fields).collect::<String>())
        }
    }
}

/// A member of a union: with its `type`, also where it has none elsewhere.
fn tagged(member: &str, contract: &Contract) -> String {
    match &contract.named(member).shape {
        Shape::Record { tag: Some(tag), .. } if contract.is_shared(member) => {
            format!("({member} & {{ readonly type: \"{tag}\" }})")
        }
        _ => member.to_owned(),
    }
}

fn signature(operation: &Operation, contract: &Contract) -> String {
    let Operation { beside, positional, named, answer, stamp, .. } = operation;
    let parameter = |field: &Field| format!("{}: {}", camel(&field.name), annotation(&field.ty, contract, true));
    let mut parameters: Vec<_> = beside.iter().chain(positional).map(parameter).collect();
    if !named.is_empty() {
        let own: Vec<_> = named.iter().filter(|field| !stamp.contains(&field.name)).collect();
        let properties: Vec<_> = own.iter().map(|field| property(field, contract, true)).collect();
        let ty = match (stamp.is_empty(), own.is_empty()) {
            (false, true) => "Stamp".to_owned(),
            (false, false) => format!("Stamp & {{ {} }}", properties.join("; ")),
            _ => format!("{{ {} }}", properties.join("; ")),
        };
        let optional = if named.iter().any(|field| field.required) { "" } else { "?" };
        parameters.push(format!("options{optional}: {ty}"));
    }
    let answer = annotation(answer, contract, false);
    let answer = if operation.slow { format!("Promise<{answer}>") } else { answer };
    format!("{}({}): {answer}", camel(&operation.method), parameters.join(", "))
}

fn property(field: &Field, contract: &Contract, given: bool) -> String {
    let optional = if field.required { "" } else { "?" };
    let ty = annotation(&field.ty, contract, given);
    // What is written may say that it does not know, also under `exactOptionalPropertyTypes`.
    let undefined = if given && !field.required { " | undefined" } else { "" };
    format!("{}{optional}: {ty}{undefined}", field.name)
}

fn annotation(ty: &Ty, contract: &Contract, given: bool) -> String {
    let of = |ty: &Ty| annotation(ty, contract, given);
    match ty {
        Ty::Text => "string".into(),
        Ty::Bool => "boolean".into(),
        Ty::Int | Ty::Float => "number".into(),
        Ty::Instant => if given { "Instant" } else { "string" }.into(),
        Ty::Date => if given { "Day" } else { "string" }.into(),
        Ty::Elapsed => if given { "Duration" } else { "string" }.into(),
        Ty::Any => "unknown".into(),
        Ty::Nothing => "void".into(),
        Ty::Bytes => "Bytes".into(),
        Ty::Literal(all) => literal(all),
        Ty::List(one) => match (one.as_ref(), given) {
            (Ty::OneOf(_) | Ty::Literal(_), true) => format!("ReadonlyArray<{}>", of(one)),
            (Ty::OneOf(_) | Ty::Literal(_), false) => format!("Array<{}>", of(one)),
            (_, true) => format!("readonly {}[]", of(one)),
            (_, false) => format!("{}[]", of(one)),
        },
        Ty::Map(one) => format!("Record<string, {}>", of(one)),
        Ty::Maybe(one) => format!("{} | undefined", of(one)),
        Ty::OneOf(all) => all.iter().map(of).collect::<Vec<_>>().join(" | "),
        Ty::Handle(name) => name.clone(),
        Ty::Named(name) => match &contract.named(name).shape {
            Shape::Alias(ty @ (Ty::Instant | Ty::Date | Ty::Elapsed)) => annotation(ty, contract, given),
            _ => name.clone(),
        },
    }
}

fn literal(all: &[String]) -> String {
    all.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(" | ")
}

fn comment(doc: &str, indent: &str) -> String {
    let doc = doc.replace("*/", "*\\/");
    match doc.as_str() {
        "" => String::new(),
        one if !one.contains('\n') => format!("{indent}/** {one} */\n"),
        many => format!(
            "{indent}/**\n{}{indent} */\n",
            many.lines().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect::<String>()
        ),
    }
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |out, word| {
        let (head, tail) = word.split_at(1.min(word.len()));
        out + &head.to_uppercase() + tail
    })
}
