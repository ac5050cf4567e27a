//! The address somebody asks from: to share out what is scarce, never to be kept.

use axum::http::request::Parts;
use std::net::{IpAddr, Ipv6Addr};

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Who is asking. Behind a reverse proxy on the same machine it is the address that the proxy noted last; what
/// anybody else writes there is not believed. A household of the newer protocol is one address.
pub(crate) fn address(parts: &Parts) -> Option<IpAddr> {
    let Peer(peer) = parts.extensions.get::<Peer>()?;
    let peer = peer.to_canonical();
    let noted = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    let address = match noted {
        Some(noted) if peer.is_loopback() => noted.to_canonical(),
        _ => peer,
    };
    Some(match address {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut request = Request::get("/").extension(Peer(peer.parse().unwrap()));
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        address(&parts).unwrap().to_string()
    }

    #[test]
    fn only_the_proxy_on_this_machine_is_believed_and_only_its_last_word() {
        assert_eq!(seen("203.0.113.7", &[]), "203.0.113.7");
        assert_eq!(seen("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(seen("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(
            seen("127.0.0.1", &["192.0.2.1, 198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            seen("127.0.0.1", &["192.0.2.1", "198.51.100.2"]),
            "198.51.100.2"
        );
        assert_eq!(seen("::1", &["nonsense"]), "::");
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::");
        assert_eq!(seen("::ffff:203.0.113.7", &[]), "203.0.113.7");
    }
}
