//! Which addresses may be connected to.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Words in an error that tell it from others.
pub(crate) const REFUSED: &str = "leads into a private network";

/// Whether an address is one of the public internet: not this machine, a private or shared network, a link, a test range or a
/// group (IANA special-purpose registries, RFC 6890), nor a disguise of one (IPv4 inside IPv6).
///
/// ```
/// use legation_fetch::is_public;
/// assert!(is_public("93.184.215.14".parse()?));
/// assert!(!is_public("169.254.169.254".parse()?) && !is_public("::ffff:10.0.0.1".parse()?));
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let [.., a, b] = parts;
    let inner = || Ipv4Addr::from((u32::from(a) << 16) | u32::from(b));
    match parts {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(inner()),
        [0x2001, 0xdb8 | 0..=0x1ff, ..] | [0x2002, ..] | [0x3fff, ..] => false,
        // Global unicast is 2000::/3; all else is special.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Looks names up and leaves out addresses that are not public. What is connected to is what was checked.
#[derive(Debug)]
pub(crate) struct Guarded {
    /// Whether an address may be connected to.
    permits: fn(IpAddr) -> bool,
    inner: DefaultResolver,
}

impl Guarded {
    pub fn new(permits: fn(IpAddr) -> bool) -> Self {
        Self { permits, inner: DefaultResolver::default() }
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.inner.resolve(uri, config, timeout)?;
        let mut public = self.empty();
        all.iter().filter(|address| (self.permits)(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() {
            Err(Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, REFUSED)))
        } else {
            Ok(public)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_seen_through() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::7f00:1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
        {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
