use proptest::prelude::*;

use super::*;

/// What is found in a text, as `kind:the text found`.
fn found(text: &str, words: &[&str]) -> Vec<String> {
    let of = |leak: &Leak| {
        let start = usize::try_from(leak.start).unwrap();
        let length = usize::try_from(leak.length).unwrap();
        let kind = serde_json::to_string(&leak.kind).unwrap();
        format!("{}:{}", kind.trim_matches('"'), text.chars().skip(start).take(length).collect::<String>())
    };
    leaks(text, words).iter().map(of).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text, &["ana", "Project Heron"]), expected, "{text}");
}

/// Built from two halves, so that nothing in this file looks like a secret to other scanners.
fn made(beginning: &str, length: usize) -> String {
    beginning.to_owned() + &"a7Bc9Qx2Lm5Zr8Tw4Kv6Jd3Hs1Gf0PyNbUeO".chars().cycle().take(length).collect::<String>()
}

#[test]
fn secrets_with_a_known_beginning_are_found() {
    for (beginning, length) in [
        ("gh\u{70}_", 36),
        ("github\u{5f}pat_", 40),
        ("gl\u{70}at-", 20),
        ("xo\u{78}b-", 40),
        ("xap\u{70}-", 40),
        ("AI\u{7a}a", 35),
        ("ya2\u{39}.", 60),
        ("GOCS\u{50}X-", 28),
        ("sk_li\u{76}e_", 24),
        ("s\u{6b}-ant-", 60),
        ("np\u{6d}_", 36),
        ("hv\u{73}.", 24),
        ("S\u{47}.", 60),
        ("whse\u{63}_", 32),
    ] {
        let token = made(beginning, length);
        check(&format!("use {token}, please"), &[&format!("secret:{token}")]);
    }
}

#[test]
fn secrets_of_other_shapes_are_found() {
    let aws = format!("AK{}", "IAIOSFODNN7EXAMPLE");
    check(&format!("key {aws}."), &[&format!("secret:{aws}")]);
    let header = format!("ey{}", "JhbGciOiJIUzI1NiJ9");
    let jwt = format!("{header}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N");
    check(&format!("Cookie: {jwt};"), &[&format!("secret:{jwt}")]);
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----";
    check(&format!("a\n{key}\nb"), &[&format!("secret:{key}")]);
    check("-----BEGIN PRIVATE KEY-----\ncut", &["secret:-----BEGIN PRIVATE KEY-----\ncut"]);
    check("-----BEGIN CERTIFICATE-----\nMIIE\n", &[]);
    let hook = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXX";
    check(&format!("<{hook}>"), &[&format!("secret:{hook}")]);
    let random = made("", 40);
    check(&format!("id {random} x"), &[&format!("secret:{random}")]);
}

#[test]
fn values_under_the_name_of_a_secret_are_found() {
    for (text, expected) in [
        ("password=hunter2 was typed", "secret:password=hunter2"),
        ("DB_PASSWORD: 'hunter two'", "secret:DB_PASSWORD: 'hunter two"),
        ("dbPassword := \"a bc\"", "secret:dbPassword := \"a bc"),
        ("DB_PASS=hunter2", "secret:DB_PASS=hunter2"),
        ("{\"api_key\": \"0123456789\"}", "secret:api_key\": \"0123456789"),
        ("?access_token=12345678&x=1", "secret:access_token=12345678"),
        ("Authorization: Bearer abcdef12345", "secret:Authorization: Bearer abcdef12345"),
        ("postgres://app:s3cret@db.shop.example/x", "secret:postgres://app:s3cret@"),
        ("meeting pin: 4711", "secret:pin: 4711"),
    ] {
        check(text, &[expected]);
    }
    for text in [
        "password: unknown",
        "the token: expired yesterday",
        "password=${DB_PASSWORD}",
        "password=********",
        "password = <password>",
        "secret=REDACTED",
        "max_tokens=40960000",
        "bypass=everything",
        "token=abc",
        "Password reset: see below",
        "https://shop.example/a:b@c",
        "https://ana_1@intern",
    ] {
        check(text, &[]);
    }
}

#[test]
fn addresses_hosts_tickets_and_words_are_found() {
    for (text, expected) in [
        ("mail ana.b+x@shop.example.", &["email:ana.b+x@shop.example"][..]),
        ("<jürgen@büro.example>", &["email:jürgen@büro.example"]),
        ("10.2.3.4:8080, 192.168.0.1/24", &["ip_address:10.2.3.4", "ip_address:192.168.0.1"]),
        ("[2001:db8::1]:443 fe80::1%eth0", &["ip_address:2001:db8::1", "ip_address:fe80::1"]),
        ("at 2001:db8:0:0:0:0:0:1: down", &["ip_address:2001:db8:0:0:0:0:0:1"]),
        ("http://db-1.prod.internal/x", &["internal_host:db-1.prod.internal"]),
        ("Pay.Prod.SVC.cluster.local.", &["internal_host:Pay.Prod.SVC.cluster.local"]),
        ("pay.prod.svc", &["internal_host:pay.prod.svc"]),
        ("wiki.corp and nas.lan", &["internal_host:wiki.corp", "internal_host:nas.lan"]),
        ("(OPS-12) /browse/PAY2-7.", &["ticket:OPS-12", "ticket:PAY2-7"]),
        ("Ana and PROJECT heron", &["word:Ana", "word:PROJECT heron"]),
        ("redis://x:pw12@cache.internal", &["secret:redis://x:pw12@", "internal_host:cache.internal"]),
        ("project heron@shop.example", &["word:project heron", "email:heron@shop.example"]),
    ] {
        check(text, expected);
    }
    for text in [
        "icon@2x.png, @here, a@b, git@code.example:x/y",
        "v1.2.3.4, 1.2.3, 1.2.3.4.5, 300.1.1.1, 127.0.0.1, 0.0.0.0",
        "10:15:30, std::fmt, a::b, ::1, 00:1a:2b:3c:4d:5e",
        "local, internal, main.svc, .local, localhost, shop.example",
        "UTF-8 SHA-256 ISO-8601 RFC-3339 CVE-2026-1234 SEV-1 A-1 eu-WEST-1 X-OPS-1 OPS-1-2 OPS-1.5",
        "anatomy, banana, ana_1",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8, id 019acdef-0000-7000-8000-000000000001",
        "IncidentCommanderRotation2026HandoffNotesVersion12345",
        "usr/local/lib/Python311/site-packages/Module42/Thing99X",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_shown_says_nothing() {
    let text = "password=hunter2 OPS-12 ana@shop.example 10.2.3.4 db-1.prod.internal ana";
    let shown: Vec<String> = leaks(text, &["ana"]).into_iter().map(|leak| leak.shown).collect();
    assert_eq!(shown, ["password=…", "OPS-…", "…@…", "10.…", "….internal", "a…"]);
}

#[test]
fn long_texts_take_time_in_proportion() {
    for piece in ["password=", "a@", "a.", "\u{1b}]", "ab::", "eyJ.", "-----BEGIN PRIVATE KEY-----", "x://", "A1a-"] {
        let text = piece.repeat(100_000 / piece.len());
        assert!(leaks(&text, &["ana", "a"]).len() <= text.len(), "{piece}");
    }
}

proptest! {
    #[test]
    fn what_is_put_into_a_text_is_found(before in "[ -~ü\n]{0,40}", after in "[ -~ü\n]{0,40}") {
        for (leak, kind) in [("AKIA0123456789ABCDEF", LeakKind::Secret), ("ana@shop.example", LeakKind::Email), ("10.2.3.4", LeakKind::IpAddress), ("db.prod.internal", LeakKind::InternalHost), ("OPS-12", LeakKind::Ticket)] {
            let text = format!("{before} {leak} {after}");
            let start = before.chars().count() as u64 + 1;
            let covered = leaks(&text, &[]).iter().any(|found| {
                let end = found.start + found.length;
                found.start <= start && start + leak.chars().count() as u64 <= end && (found.kind == kind || found.start < start)
            });
            prop_assert!(covered, "{}", text);
        }
    }

    #[test]
    fn places_are_in_the_text_and_in_order(text in any::<String>(), word in any::<String>()) {
        let found = leaks(&text, &[&word]);
        let total = text.chars().count() as u64;
        prop_assert!(found.iter().all(|leak| leak.length > 0 && leak.start + leak.length <= total));
        prop_assert!(found.windows(2).all(|pair| pair[0].start < pair[1].start));
    }
}
