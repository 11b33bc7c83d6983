//! Who may come in: this machine, at the right address, with the token, from the page itself.

use crate::reply::Problem;

/// Sent with every answer. No script or style but our own files, nothing from elsewhere, in nobody's frame.
pub const HEADERS: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
];

/// Bytes of a token.
const BYTES: usize = 24;

/// The token and the address.
#[derive(Debug)]
pub struct Guard {
    token: String,
    port: u16,
}

impl Guard {
    /// A guard with a new token.
    pub fn draw(port: u16) -> Result<Self, String> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|why| why.to_string())?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { token, port })
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.base())
    }

    /// The path below which everything lies.
    pub fn base(&self) -> String {
        format!("/{}/", self.token)
    }

    /// The path below the token, or why the request is refused.
    pub fn admit(
        &self,
        method: &str,
        url: &str,
        header: &dyn Fn(&str) -> Option<String>,
    ) -> Result<String, Problem> {
        let here = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        if !header("Host").is_some_and(|host| here.contains(&host)) {
            return Err(Problem::new(421, "this address is not served here"));
        }
        if header("Origin").is_some_and(|origin| !here.iter().any(|one| origin == format!("http://{one}"))) {
            return Err(Problem::new(403, "another page may not ask here"));
        }
        let elsewhere =
            header("Sec-Fetch-Site").is_some_and(|site| matches!(site.as_str(), "cross-site" | "same-site"));
        if elsewhere && header("Sec-Fetch-Mode").as_deref() != Some("navigate") {
            return Err(Problem::new(403, "another page may not ask here"));
        }
        if !matches!(method, "GET" | "HEAD" | "POST") {
            return Err(Problem::new(405, "only GET, HEAD and POST are answered"));
        }
        let rest = url.strip_prefix('/').unwrap_or_default();
        let (token, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !same(token.as_bytes(), self.token.as_bytes()) {
            return Err(Problem::new(
                403,
                "the address lacks its token: use the one that the program printed",
            ));
        }
        Ok(path.to_owned())
    }
}

/// Compares in a time that does not tell where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
