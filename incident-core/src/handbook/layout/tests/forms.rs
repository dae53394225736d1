//! One rule of the layout at a time.

use super::same;
use crate::{Format, format_document};

fn check(text: &str, expected: &str) {
    same(&format_document(text, Some(Format::Toml), None).unwrap(), expected);
    same(&format_document(expected, Some(Format::Toml), None).unwrap(), expected);
}

#[test]
fn keys_of_lines_in_a_row_are_aligned() {
    check("a=1\nlong =2\n\nbc= 3", "a    = 1\nlong = 2\n\nbc = 3\n");
    check("a = 1\n# on b\nlonger = 2\n", "a      = 1\n# on b\nlonger = 2\n");
    check("'a' = 1\n\"b c\".d = 2\n'\"' = 3", "a       = 1\n\"b c\".d = 2\n'\"'     = 3\n");
    check("[a]\nx = 1\n[a.b.c]\n[a.d]\nlong = 1", "[a]\nx = 1\n\n[a.b.c]\n\n[a.d]\nlong = 1\n");
    check("[a.b]\nb = 1\n[a.c]\nlong = 1", "[a.b]\nb    = 1\n[a.c]\nlong = 1\n");
    let long = "k".repeat(61);
    check(&format!("{long} = 1\nb = 2"), &format!("{long} = 1\nb = 2\n"));
}

#[test]
fn at_most_one_line_is_empty_and_a_table_is_set_off() {
    check("\n\na = 1\n\n\n\nb = 2\n\n\n", "a = 1\n\nb = 2\n");
    check("a = 1\n[b]\n\n\nc = 1\n[[d]]\n[[d]]\n", "a = 1\n\n[b]\nc = 1\n\n[[d]]\n\n[[d]]\n");
    check("[a]\n[a.b]\nx = 1\n[a.c]\n\n[a.d]\n[e]", "[a]\n[a.b]\nx = 1\n[a.c]\n\n[a.d]\n\n[e]\n");
    check("[a]\nx = 1\n[a.b]\n", "[a]\nx = 1\n\n[a.b]\n");
    check("", "");
    check("\n \n", "");
}

#[test]
fn comments_stay_where_they_are() {
    check(
        "  # one\r\n\r\n#two  \r\na = 1# three\r\n  #four\r\n[b] #five\r\n",
        "# one\n\n#two\na = 1                                  # three\n\n#four\n[b]                                    #five\n",
    );
    check("a = 1\n# of a\n\n[b]", "a = 1\n# of a\n\n[b]\n");
    check("# alone", "# alone\n");
    let text = "t".repeat(30);
    check(&format!("a = '{text}' # c"), &format!("a = \"{text}\"   # c\n"));
    check("a = [1, # one\n 2]", "a = [1,                                # one\n     2]\n");
    check(
        "a = [ # all\n 1, 2, # two\n # end\n]",
        "a = [\n    # all\n    1,\n    2,                                 # two\n    # end\n]\n",
    );
    check(
        "a = [1 # one\n # two\n , # three\n 2]",
        "a = [1,                                # one\n     # two\n     # three\n     2]\n",
    );
}

#[test]
fn text_has_the_quotes_that_need_no_escapes() {
    check(r#"a = 'x'"#, "a = \"x\"\n");
    check(r#"a = "say \"x\"""#, "a = 'say \"x\"'\n");
    check(r#"a = "it's \"x\"""#, "a = \"it's \\\"x\\\"\"\n");
    check(r#"a = "\u00e9\u0007\t""#, "a = \"é\\u0007\\t\"\n");
    check("a = \"\"\"x\"\"\"", "a = \"x\"\n");
    check(
        "a = \"\"\"\n x\n  y \\\n z\"\"\" # c",
        "a = \"\"\"\n x\n  y \\\n z\"\"\"                                  # c\n",
    );
    check(
        "a = 0xFF\nb = 1_000\nc = 2026-12-07 08:00:00\nd = 1e3",
        "a = 0xFF\nb = 1_000\nc = 2026-12-07 08:00:00\nd = 1e3\n",
    );
}

#[test]
fn lists_that_do_not_fit_go_over_several_lines() {
    let tables = |between: &str| ["{ a = 1, b = \"a text that is not short at all\" }"; 3].join(between);
    check(&format!("k = [{}]", tables(",\n")), &format!("k = [{}]\n", tables(",\n     ")));
    let names = |count: usize| vec!["\"somebody\""; count];
    check(
        &format!("members = [{}]", names(20).join(",\n")),
        &format!(
            "members = [{},\n           {}]\n",
            names(9).join(", "),
            [names(9).join(", "), names(2).join(", ")].join(",\n           ")
        ),
    );
    check("a = [\n1,\n2,\n]", "a = [1, 2]\n");
    let key = "k".repeat(70);
    check(&format!("{key} = [{}]", tables(", ")), &format!("{key} = [\n    {},\n]\n", tables(",\n    ")));
    let people = names(12).join(", ");
    check(
        &format!("t = {{ page = [{people}], urgency = \"low\" }}"),
        &format!(
            "t = {{ page = [{},\n              {}], urgency = \"low\" }}\n",
            names(8).join(", "),
            names(4).join(", ")
        ),
    );
}

#[test]
fn entries_of_tables_in_a_row_are_in_columns() {
    check(
        "a = {x=1,y=2}\nb={x = 100}\ncc={x=10,y=[1],z=1}",
        "a  = { x = 1,  y = 2 }\nb  = { x = 100 }\ncc = { x = 10, y = [1], z = 1 }\n",
    );
    check("a = {x=1,y=2}\nb={y=100,x=2}", "a = { x = 1, y = 2 }\nb = { y = 100, x = 2 }\n");
    check("a = {x=1,y=2}\nb = 1\nc={x=100,y=2}", "a = { x = 1, y = 2 }\nb = 1\nc = { x = 100, y = 2 }\n");
    check("a = {x.y=1,z={}}", "a = { x.y = 1, z = {} }\n");
}

#[test]
fn conditions_are_written_short() {
    let long = "{ all = [{ fact = 'loss', at_least = 'partial' }, { fact = 'customers', at_least = '5%' }] }";
    let short = r#"{ loss = ">= partial", customers = ">= 5%" }"#;
    check(&format!("[severity.sev1]\nwhen = {long}"), &format!("[severity.sev1]\nwhen = {short}\n"));
    check(&format!("[[route]]\nwhen = [{long}]"), &format!("[[route]]\nwhen = [{short}]\n"));
    check(&format!("route = [{{ when = {long} }}]"), &format!("route = [{{ when = {short} }}]\n"));
    check(&format!("order = ['a']\n[a]\nwhen = {long}"), &format!("order = [\"a\"]\n\n[a]\nwhen = {short}\n"));
    // Elsewhere it is no condition; where it is none, or a comment stands in it, it stays.
    let other = long.replace('\'', "\"");
    check(&format!("[columns]\nwhen = {long}"), &format!("[columns]\nwhen = {other}\n"));
    check("[[route]]\nwhen = { fact = 'loss' }", "[[route]]\nwhen = { fact = \"loss\" }\n");
    check(
        "[[route]]\nwhen = { all = [{ fact = 'loss', is = 'full' }, # lost\n] }",
        "[[route]]\nwhen = { all = [\n    { fact = \"loss\", is = \"full\" },    # lost\n] }\n",
    );
}

#[test]
fn json_is_formatted_too() {
    let check = |text: &str, expected: &str| {
        for text in [text, expected] {
            same(&format_document(text, Some(Format::Json), None).unwrap(), expected);
        }
    };
    check("{}", "{}\n");
    check(
        "{\"a\":1.50,\"b\":null,\"c\":{\"d\":[],\"e\":{\"f\":\"\\u00e9\"}}}",
        "{\n  \"a\": 1.50,\n  \"b\": null,\n  \"c\": {\n    \"d\": [],\n    \"e\": { \"f\": \"é\" }\n  }\n}\n",
    );
    check(
        r#"{"route":[{"when":{"fact":"loss","is":"full"},"policy":"x"}]}"#,
        "{\n  \"route\": [{ \"when\": { \"loss\": \"full\" }, \"policy\": \"x\" }]\n}\n",
    );
    let long = ["\"somebody\""; 12];
    check(
        &format!("{{\"a\":[{}]}}", long.join(",")),
        &format!("{{\n  \"a\": [\n    {}\n  ]\n}}\n", long.join(",\n    ")),
    );
}

#[test]
fn what_cannot_be_formatted_says_why() {
    let check = |text: &str, file: &str, expected: &str| {
        let no = format_document(text, None, Some(file)).unwrap_err();
        assert_eq!(format!("{}: {}", no.code, no.message), expected);
    };
    check("a: 1", "a.yaml", "handbook.no_layout: YAML is left as it is: its comments could not be kept");
    check("a = ", "a.toml", "contract.not_toml: a value is missing");
    check("{", "a.json", "contract.not_json: EOF while parsing an object at line 1 column 1");
}
