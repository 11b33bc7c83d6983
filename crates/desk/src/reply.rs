use legation_ledger::Fault;
use serde::Serialize;
use serde_json::json;

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// Why there is none, after RFC 9457.
#[derive(Debug)]
pub struct Problem {
    status: u16,
    detail: String,
}

impl Reply {
    /// Bytes of a media type.
    pub fn of(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![("Content-Type", kind.to_owned())], body: body.into() }
    }

    /// A value as JSON.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(|why| Problem::new(500, why.to_string()))?;
        Ok(Self::of("application/json", body))
    }

    /// The same as a file to keep.
    pub fn named(mut self, name: &str) -> Self {
        self.headers.push(("Content-Disposition", format!("attachment; filename=\"{name}\"")));
        self
    }
}

impl Problem {
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    pub fn nothing() -> Self {
        Self::new(404, "there is nothing at this address")
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let status = match &fault {
            Fault::Unknown(_) | Fault::Nobody(_) => 404,
            Fault::NoSuch { .. } | Fault::Wordless(_) => 400,
            Fault::Pointless(_) => 409,
            _ => 500,
        };
        Self::new(status, fault.to_string())
    }
}

impl From<Problem> for Reply {
    fn from(Problem { status, detail }: Problem) -> Self {
        let title = match status {
            400 => "Not understood",
            403 => "Refused",
            404 => "Not found",
            405 => "Method not allowed",
            408 => "Took too long",
            409 => "Nothing to do",
            411 => "Length needed",
            413 => "Too large",
            421 => "Wrong address",
            _ => "Fault",
        };
        let body = json!({ "type": "about:blank", "title": title, "status": status, "detail": detail });
        Self { status, ..Reply::of("application/problem+json", body.to_string()) }
    }
}
