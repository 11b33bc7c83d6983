//! Who is let in and who is not, over a plain socket.

mod common;

use common::{Open, open, status};
use legation_desk::Limits;

#[test]
fn the_page_comes_with_a_strict_policy_and_no_inline_script() {
    let desk = open("page", Limits::default());
    let page = desk.get("", "");
    assert_eq!(status(&page), 200, "{page}");
    for header in
        ["default-src 'none'", "script-src 'self'", "nosniff", "no-referrer", "frame-ancestors 'none'"]
    {
        assert!(page.contains(header), "{header}");
    }
    assert!(!page.contains("unsafe-inline") && !page.to_lowercase().contains("access-control"));
    assert!(!page.contains("<script>") && !page.contains(" style="));
    assert_eq!(status(&desk.get("assets/app.js", "")), 200);
    assert_eq!(status(&desk.get("event?id=e1", "")), 200);
}

#[test]
fn without_the_token_nothing_is_answered() {
    let Open { port, token } = open("token", Limits::default());
    let desk = Open { port, token: String::new() };
    let wrong = "0".repeat(token.len());
    for path in
        ["/".to_owned(), "/api/v1/overview".into(), format!("/{wrong}/"), format!("/{}/", &token[1..])]
    {
        let answer =
            desk.send(format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&answer), 403, "{path}");
        assert!(answer.contains("application/problem+json") && !answer.contains(&token));
    }
}

#[test]
fn other_hosts_and_other_pages_are_refused() {
    let desk = open("host", Limits::default());
    let Open { port, token } = &desk;
    let hosts =
        ["Host: evil.example\r\n", "Host: 127.0.0.1\r\n", "", "Host: 127.0.0.1:1\r\nHost: evil.example\r\n"];
    for host in hosts {
        let answer = desk.send(format!("GET /{token}/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n"));
        assert_eq!(status(&answer), 421, "{host:?}");
    }
    assert_eq!(status(&desk.get("api/v1/overview", "Origin: https://evil.example\r\n")), 403);
    assert_eq!(status(&desk.get("api/v1/overview", "Origin: null\r\n")), 403);
    assert_eq!(
        status(&desk.get("api/v1/overview", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")),
        403
    );
    assert_eq!(status(&desk.post("api/v1/read", "Origin: https://evil.example\r\n", "words")), 403);
    assert_eq!(status(&desk.get("api/v1/overview", &format!("Origin: http://127.0.0.1:{port}\r\n"))), 200);
}

#[test]
fn climbing_out_is_refused() {
    let desk = open("path", Limits::default());
    for path in [
        "assets/../Cargo.toml",
        "assets/%2e%2e/%2e%2e/etc/passwd",
        "assets/..%2fx",
        "../../etc/passwd",
        "assets//etc/passwd",
        "assets/%00",
    ] {
        let answer = desk.get(path, "");
        assert!(matches!(status(&answer), 400 | 404), "{path}: {answer}");
    }
}

#[test]
fn too_much_and_nonsense_are_refused_as_problems() {
    let desk = open("body", Limits::default());
    let Open { port, token } = &desk;
    let announced = desk.send(format!(
        "POST /{token}/api/v1/read HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Length: 10485760\r\n\r\n"
    ));
    assert_eq!(status(&announced), 413, "{announced}");
    assert_eq!(status(&desk.post("api/v1/read", "", &"a ".repeat(2_200_000))), 413);
    assert_eq!(status(&desk.post("api/v1/read", "", " ")), 400);
    assert_eq!(status(&desk.post("api/v1/events/e1/accept", "", "{\"what\": 1}")), 400);
    assert_eq!(status(&desk.post("api/v1/events/e1/accept", "", "")), 404);
    assert_eq!(status(&desk.get("api/v1/events?from=soon", "")), 400);
    assert_eq!(status(&desk.get("api/v1/none", "")), 404);
    let put =
        desk.send(format!("PUT /{token}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"));
    assert_eq!(status(&put), 405);
}

#[test]
fn slips_are_refused_in_plain_words_and_no_path_is_shown() {
    let desk = open("slips", Limits::default());
    for path in [
        "statements?text=*",
        "statements?text=%22",
        "events?text=%25",
        "search?text=*",
        "events?kind=vist",
        "events?status=hold",
        "events?country=Norwya",
        "facets?verdict=accept",
        "statements?kind=visit",
    ] {
        let answer = desk.get(&format!("api/v1/{path}"), "");
        assert_eq!(status(&answer), 400, "{path}: {answer}");
        assert!(!answer.contains(".sqlite") && !answer.to_lowercase().contains("fts"), "{answer}");
    }
    for path in ["events", "statements", "articles", "actors", "search", "corrections"] {
        for far in ["9223372036854775807", "9223372036854775808", "18446744073709551615"] {
            let answer = desk.get(&format!("api/v1/{path}?text=a&offset={far}"), "");
            assert_eq!(status(&answer), 200, "{path} {far}: {answer}");
        }
        assert_eq!(status(&desk.get(&format!("api/v1/{path}?text=a&offset=18446744073709551616"), "")), 400);
    }
}

#[test]
fn what_is_read_is_kept_only_where_asked() {
    let desk = open("read", Limits::default());
    assert_eq!(status(&desk.post("api/v1/read?name=one", "", "Some <b>words</b>.")), 200);
    assert!(desk.get("api/v1/overview", "").contains("\"articles\":0"));
    assert_eq!(status(&desk.post("api/v1/read?name=one&keep=1", "", "Some words.")), 200);
    let list = desk.get("api/v1/articles", "");
    assert!(list.contains("\"total\":1") && list.contains("\"next\":null"), "{list}");
    assert!(desk.get("api/v1/articles?format=csv", "").contains("article,name,url"));
    assert!(desk.get("api/v1/articles?format=parquet", "").contains("PAR1"));
}

#[test]
fn every_address_described_is_answered() {
    let desk = open("openapi", Limits::default());
    let described = desk.get("api/v1/openapi.json", "");
    let (_, body) = described.split_once("\r\n\r\n").unwrap();
    let described: serde_json::Value = serde_json::from_str(body).unwrap();
    for (path, ways) in described["paths"].as_object().unwrap() {
        let path = path.trim_start_matches('/').replace("{id}", "e0");
        if ways.get("get").is_some() {
            let answer = desk
                .get(&format!("api/v1/{path}?key=x&one=a&other=b&before=2024-01-01&after=2024-02-01"), "");
            assert!(!answer.contains("nothing at this address"), "{path}");
        }
    }
}
