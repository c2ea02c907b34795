//! Where a server is: its origin, checked before anything is sent there.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// The cloud in the United States.
pub const US: &str = "https://app.infisical.com";
/// The cloud in the European Union.
pub const EU: &str = "https://eu.infisical.com";

/// The address of a server, without the `/api` at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text is no address that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address at all.
    #[error("this is not an address; write it like `https://infisical.example.com`")]
    NotAnAddress,
    /// Plain HTTP to another machine would show the token to everyone on the way.
    #[error("the address must begin with `https://`, because the token travels with every request")]
    NotEncrypted,
    /// A password in the address would end up in lists and logs.
    #[error("the address must not hold a user name or a password")]
    HasCredentials,
    /// A query or a fragment is part of a page, not of a server.
    #[error("leave out everything from `?` or `#` on")]
    HasQuery,
}

impl Address {
    /// Reads an address as people write it: the scheme may be left out, `/api` may stand at the end.
    pub fn read(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let with_scheme = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let mut url = Url::parse(&with_scheme).map_err(|_| AddressError::NotAnAddress)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if host.is_empty() || text.is_empty() {
            return Err(AddressError::NotAnAddress);
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => return Err(AddressError::NotEncrypted),
            _ => return Err(AddressError::NotAnAddress),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::HasCredentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::HasQuery);
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/api").unwrap_or(path).to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The origin, such as `https://eu.infisical.com`.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host with its port, for messages.
    pub fn host(&self) -> String {
        match (self.0.host_str(), self.0.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        }
    }

    /// The address of `path`, whose segments are already encoded, with a query.
    pub(crate) fn at(&self, path: &str, query: &[(&str, String)]) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{path}"));
        if !query.is_empty() {
            let mut pairs = url.query_pairs_mut();
            for (key, value) in query {
                pairs.append_pair(key, value);
            }
        }
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Whether `host` is this machine, so that nobody else sees what is sent to it.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost"
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, AddressError>) {
        assert_eq!(
            Address::read(text).map(|address| address.to_string()),
            expected.map(str::to_owned),
            "{text}"
        );
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        check("https://eu.infisical.com", Ok("https://eu.infisical.com"));
        check(" eu.infisical.com/ ", Ok("https://eu.infisical.com"));
        check("https://x.example/api/", Ok("https://x.example"));
        check(
            "https://x.example/secrets/api",
            Ok("https://x.example/secrets"),
        );
        check("https://x.example:8443", Ok("https://x.example:8443"));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://localhost:8080/api", Ok("http://localhost:8080"));
        check("http://[::1]:80", Ok("http://[::1]"));
        check("http://x.example", Err(AddressError::NotEncrypted));
        check("http://127.0.0.1.example", Err(AddressError::NotEncrypted));
        check("http://localhost.example", Err(AddressError::NotEncrypted));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        check("", Err(AddressError::NotAnAddress));
        check("ftp://x.example", Err(AddressError::NotAnAddress));
        check("https://", Err(AddressError::NotAnAddress));
        check("https://a:b@x.example", Err(AddressError::HasCredentials));
        check("https://x.example/?a=b", Err(AddressError::HasQuery));
    }

    #[test]
    fn a_path_in_the_address_stays_before_the_path_of_the_request() {
        let address = Address::read("https://x.example/vault").unwrap();
        let url = address.at("/api/v1/projects/a%2Fb", &[("q", "a b".into())]);
        assert_eq!(
            url.as_str(),
            "https://x.example/vault/api/v1/projects/a%2Fb?q=a+b"
        );
    }
}
