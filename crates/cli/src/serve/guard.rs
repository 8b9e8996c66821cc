//! Who may ask: only pages of ours, on this machine, and for calls only with the token of this start.
//!
//! The host is checked because a foreign name may point to 127.0.0.1 (DNS rebinding), the origin
//! because any page in the browser may send requests here.

use std::{io, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// As the window's own (`tauri.conf.json`), but calls go to where the page came from.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// What is checked.
pub(super) struct Gate {
    port: u16,
    token: String,
}

impl Gate {
    /// A gate with a new token.
    pub(super) fn new(port: u16) -> io::Result<Self> {
        let mut random = [0_u8; 24];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token = random
            .iter()
            .fold(String::new(), |token, byte| format!("{token}{byte:02x}"));
        Ok(Self { port, token })
    }

    /// What to open in the browser.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/#t={}", self.port, self.token)
    }

    /// Whether a request names us as host and comes from no foreign page.
    fn is_ours(&self, headers: &HeaderMap) -> bool {
        let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let named = host.is_some_and(|host| names.iter().any(|name| name == host));
        let invited = match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
            None => true,
            Some(Ok(origin)) => host.is_some_and(|host| origin == format!("http://{host}")),
            Some(Err(_unreadable)) => false,
        };
        named && invited
    }

    /// Whether the token stands in the header of a call.
    pub(super) fn is_token_in(&self, headers: &HeaderMap) -> bool {
        headers
            .get("x-token")
            .is_some_and(|given| self.is_token(given.as_bytes()))
    }

    /// Whether the token stands in a query: an event source can send no header.
    pub(super) fn is_token_in_query(&self, query: Option<&str>) -> bool {
        let mut parts = query.unwrap_or_default().split('&');
        parts.any(|part| {
            part.strip_prefix("t=")
                .is_some_and(|given| self.is_token(given.as_bytes()))
        })
    }

    /// Compares in a time that does not tell how much was right.
    fn is_token(&self, given: &[u8]) -> bool {
        let token = self.token.as_bytes();
        let differing = given
            .iter()
            .zip(token)
            .fold(0, |differing, (one, other)| differing | (one ^ other));
        given.len() == token.len() && differing == 0
    }
}

/// Turns strangers away, and tells the browser to keep nothing and to load nothing foreign.
pub(super) async fn guard(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let mut response = if gate.is_ours(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_page_on_this_machine_comes_in() {
        let gate = Gate::new(4000).unwrap();
        for (host, origin, comes_in) in [
            ("127.0.0.1:4000", None, true),
            ("localhost:4000", Some("http://localhost:4000"), true),
            ("127.0.0.1:4000", Some("http://127.0.0.1:4000"), true),
            ("127.0.0.1:4000", Some("http://localhost:4000"), false),
            ("127.0.0.1:4000", Some("null"), false),
            ("127.0.0.1:4000", Some("https://127.0.0.1:4000"), false),
            ("127.0.0.1:4001", None, false),
            ("127.0.0.1", None, false),
            ("evil.example:4000", None, false),
            ("localhost.evil.example:4000", None, false),
        ] {
            assert_eq!(
                gate.is_ours(&headers(host, origin)),
                comes_in,
                "{host} {origin:?}"
            );
        }
        assert!(!gate.is_ours(&HeaderMap::new()));
    }

    #[test]
    fn the_token_is_new_at_every_start_and_must_be_whole() {
        let gate = Gate::new(4000).unwrap();
        let token = gate.token.clone();
        assert_ne!(Gate::new(4000).unwrap().token, token);
        assert!(gate.is_token(token.as_bytes()));
        assert!(gate.is_token_in_query(Some(&format!("a=1&t={token}"))));
        let (short, _last) = token.split_at(token.len() - 1);
        for wrong in [
            "",
            short,
            &format!("{token}0"),
            &token.to_uppercase().replace('A', "B"),
        ] {
            assert!(
                !gate.is_token(wrong.as_bytes()) || wrong == token,
                "{wrong}"
            );
        }
        assert!(!gate.is_token_in_query(None));
    }
}
