use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;

fn check(output: TextOutput, pairs: &[(&str, &str)]) {
    for (text, expected) in pairs {
        assert_eq!(output.escape(text), *expected, "{output:?} of {text:?}");
    }
}

#[test]
fn plain_text_has_lines_and_no_controls() {
    check(
        TextOutput::Plain,
        &[
            ("a\r\nb\rc\u{2028}d\u{85}e\tf", "a\nb\nc\nd\ne\tf"),
            ("\u{1b}[1;31mred\u{1b}[0m \u{9b}2Jx\u{1b}(By", "red xy"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{7}", "link"),
            ("\u{1b}]0;never ended", "0;never ended"),
            ("\u{1b}", ""),
            ("a\u{202e}b\u{2066}c\u{200f}ü\0\u{7f}", "abc\u{200f}ü"),
            ("👩‍🚒 ok", "👩‍🚒 ok"),
        ],
    );
    check(TextOutput::Terminal, &[("a\n\u{1b}[2Kb\tc", "a b c")]);
}

#[test]
fn html_has_no_markup() {
    check(
        TextOutput::Html,
        &[("<a href='x' b=\"y\">&amp;</a>", "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;amp;&lt;/a&gt;")],
    );
}

#[test]
fn markdown_escapes_what_could_be_markup_and_nothing_else() {
    check(
        TextOutput::Markdown,
        &[
            ("db_primary is 50% - slow (p99 > 2s), don't retry", "db_primary is 50% - slow (p99 > 2s), don't retry"),
            ("- item", r"\- item"),
            ("> quote", r"\> quote"),
            ("=====", r"\====="),
            ("12) x", r"12\) x"),
            ("1234567890. x", "1234567890. x"),
            ("#tag C# a #", r"\#tag C# a \#"),
            ("![x](y) wow!", r"\!\[x\](y) wow\!"),
            ("_a_ __b__ snake_case", r"\_a\_ \_\_b\_\_ snake_case"),
            ("a&b &amp; &", "a&amp;b &amp;amp; &amp;"),
            ("https://x.example/a www.x.example mailto:a", r"https\://x.example/a www\.x.example mailto\:a"),
            ("ana@x.example @bo #1 !2", "ana@\u{2060}x.example @\u{2060}bo #\u{2060}1 !\u{2060}2"),
            ("~5 min, $5, x^2, {#id}", r"\~5 min, \$5, x\^2, \{\#id\}"),
            ("  a \n\n  b\t\tc ", "a b c"),
        ],
    );
}

#[test]
fn slack_calls_nobody_and_has_no_style() {
    check(
        TextOutput::Slack,
        &[
            ("<!here|x> <@U1> <https://x|y>", "&lt;!here|x&gt; &lt;@\u{2060}U1&gt; &lt;https://x|y&gt;"),
            ("@channel @Everyone foo@here", "@\u{2060}channel @\u{2060}Everyone foo@\u{2060}here"),
            ("ana@x.example", "ana@x.example"),
            ("> quote\n  > 2 > 1", "› quote\n  › 2 &gt; 1"),
            ("_a_ a_b 2 * 3 ~5 `c`", "ˍaˍ a_b 2 * 3 ∼5 ˋcˋ"),
        ],
    );
}

#[test]
fn cells_are_no_formulas_and_numbers_stay() {
    check(
        TextOutput::Csv,
        &[
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("－1", "'－1"),
            ("\0=1", "'=1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            (" =1", "' =1"),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\nx\""),
            ("-12", "-12"),
            ("+1.5e-3", "+1.5e-3"),
            ("-", "'-"),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("5 - 3 = 2", "5 - 3 = 2"),
            ("", ""),
        ],
    );
}

/// What markup is made of, between broken bars.
const PIECES: &str = "*¦**¦_¦__¦`¦```¦~~~¦~¦[¦]¦(¦)¦<¦>¦!¦#¦# ¦-¦- ¦---¦+¦=¦|¦\\¦&¦&lt;¦&#60;¦{¦}¦$¦$$¦^¦:¦://¦http¦www.¦1. ¦2) \
    ¦@¦here¦channel¦[^1]: ¦[ ] ¦[a]: b¦<b>¦</¦<!--¦<!channel>¦a¦b c¦ü¦ ¦  ¦    ¦\t¦\n¦\n\n¦\r\n¦\u{1b}[1m¦\u{1b}]¦\u{7}¦\u{202e}\
    ¦\u{a0}¦\u{2060}¦\0¦\"¦'¦; ¦%¦mailto:¦x.example¦9¦.¦,";

fn nasty() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.split('¦').collect();
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// White space folded, invisible joiners gone, typographic signs as they were typed.
fn folded(text: &str) -> String {
    let typed =
        [("…", "..."), ("—", "---"), ("–", "--"), ("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("\u{2060}", "")];
    let text = typed.iter().fold(text.to_owned(), |text, (sign, typed)| text.replace(sign, typed));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`folded`], without any white space: the cells of a table come one after the other.
fn bare(text: &str) -> String {
    folded(text).replace(' ', "")
}

/// The text of a document, if it has nothing but the given elements.
fn text_of(document: &str, allowed: impl Fn(&Tag<'_>) -> bool) -> Result<String, String> {
    let mut text = String::new();
    for event in Parser::new_ext(document, Options::all()) {
        match event {
            Event::Text(more) => text.push_str(&more),
            Event::Start(tag) if allowed(&tag) => {}
            Event::End(_) => {}
            other => return Err(format!("{other:?} in {document:?}")),
        }
    }
    Ok(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn plain_twice_is_plain(text in nasty()) {
        let once = plain(&text);
        prop_assert_eq!(plain(&once), once.clone());
        prop_assert!(!once.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
        prop_assert!(!terminal(&text).contains(char::is_control));
    }

    #[test]
    fn html_reads_back_as_the_text(text in nasty()) {
        let html = html(&text);
        prop_assert!(!html.contains(['<', '>', '"', '\'']));
        let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        let bare = names.iter().fold(html.clone(), |html, (name, _)| html.replace(name, ""));
        prop_assert!(!bare.contains('&'));
        let read = names.iter().fold(html, |html, (name, c)| html.replace(name, c));
        prop_assert_eq!(read, plain(&text));
    }

    #[test]
    fn markdown_is_a_paragraph_of_the_text(text in nasty()) {
        let read = text_of(&markdown(&text), |tag| matches!(tag, Tag::Paragraph));
        prop_assert_eq!(read.map(|read| folded(&read)), Ok(folded(&plain(&text))));
    }

    #[test]
    fn markdown_stays_text_wherever_it_stands(text in nasty()) {
        let text_in = markdown(&text);
        let expected = folded(&plain(&text));
        let places = [
            format!("before\n{text_in}\nafter\n"),
            format!("# {text_in}\n"),
            format!("- {text_in}\n"),
            format!("| a | b |\n|---|---|\n| x | {text_in} |\n"),
            format!("x **bold** {text_in} [link](y)\n"),
        ];
        let around = [("before ", " after"), ("", ""), ("", ""), ("abx", ""), ("x bold ", " link")];
        for (document, (before, after)) in places.iter().zip(around) {
            let known = |tag: &Tag<'_>| match tag {
                Tag::Heading { id, classes, attrs, .. } => id.is_none() && classes.is_empty() && attrs.is_empty(),
                Tag::Link { dest_url, .. } => &**dest_url == "y",
                Tag::List(number) => number.is_none(),
                Tag::Paragraph | Tag::Item | Tag::Strong => true,
                Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => true,
                _ => false,
            };
            let mut count = 0;
            for event in Parser::new_ext(document, Options::all()) {
                count += usize::from(matches!(event, Event::End(TagEnd::TableCell | TagEnd::Item | TagEnd::Heading(_) | TagEnd::Strong)));
            }
            prop_assert!(count <= 4, "{}", document);
            let document = document.replace("before\n", "before ").replace("\nafter", " after");
            let read = text_of(&document, known);
            let parts: String = [before, &expected, after].concat();
            prop_assert_eq!(read.map(|read| bare(&read)), Ok(bare(&parts)), "{}", document);
        }
    }

    #[test]
    fn slack_has_no_markup(text in nasty()) {
        let slack = slack(&text);
        prop_assert!(!slack.contains(['<', '>', '`']));
        let lower = slack.to_lowercase();
        for name in ["@here", "@channel", "@everyone", "@group"] {
            prop_assert!(!lower.contains(name));
        }
        for (before, c, after) in with_neighbours(&slack) {
            prop_assert!(c != '@' || alphanumeric(before) || !alphanumeric(after));
            // A style begins at the edge of a word, where none of its marks is left.
            let edge = alphanumeric(before) != alphanumeric(after);
            prop_assert!(!(matches!(c, '*' | '_' | '~') && edge), "{}", slack);
        }
    }

    #[test]
    fn a_cell_is_one_cell_and_no_formula(text in nasty()) {
        let cell = csv(&text);
        let content = match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) => {
                prop_assert!(!inner.replace("\"\"", "").contains('"'));
                inner.replace("\"\"", "\"")
            }
            None => {
                prop_assert!(!cell.contains([',', ';', '"', '\n', '\t', '|']));
                cell
            }
        };
        let risky = content.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
        prop_assert!(!risky || content.parse::<f64>().is_ok());
        prop_assert_eq!(content.strip_prefix('\'').filter(|rest| *rest == plain(&text)).unwrap_or(&content), plain(&text));
    }
}
