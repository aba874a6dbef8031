//! Which addresses belong to the internet, and which to this machine and the networks around it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Answers the machine's own secrets in a cloud, from an address that looks public.
const AZURE_WIRE_SERVER: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

/// Whether an address is a public one. The lists of special addresses of IANA, read strictly: of version 6 only what is given out, and
/// addresses that carry one of version 4 are what that one is.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network, private networks, loopback, link-local with the metadata of clouds, multicast and reserved.
        (0 | 10 | 127 | 224.., ..) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Between a provider and its customers (RFC 6598), benchmarks (RFC 2544).
        (100, 64..=127, _) | (198, 18..=19, _) => true,
        // Protocol assignments, documentation, relays of 6to4.
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) => true,
        _ => false,
    };
    !special && address != AZURE_WIRE_SERVER
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // NAT64 (RFC 6052). The prefix for local use (RFC 8215) is none.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        // 6to4.
        [0x2002, high, low, ..] => inner(high, low),
        // Protocol assignments, Teredo among them, and documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_given_out_to_everybody_is_public() {
        for (addresses, public) in [
            (
                "8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 223.255.255.255",
                true,
            ),
            ("2606:4700::1111 2a00:1450:4001::1 2001:200::1 3ffe::1", true),
            ("::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1", true),
            (
                "0.0.0.0 0.1.2.3 10.0.0.1 127.0.0.1 127.255.255.255 169.254.1.1 172.16.0.1 172.31.255.255",
                false,
            ),
            ("192.168.1.1 100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255", false),
            ("198.51.100.7 203.0.113.7 192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255", false),
            // What clouds answer their machines' secrets from.
            ("169.254.169.254 169.254.170.2 100.100.100.200 192.0.0.192 168.63.129.16 fd00:ec2::254", false),
            (":: ::1 ::127.0.0.1 ::8.8.8.8 fe80::1 fec0::1 fc00::1 fd12:3456::1 ff02::1 ff0e::1", false),
            (
                "2001:db8::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 3fff::1 100::1 5f00::1 4000::1",
                false,
            ),
            (
                "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe",
                false,
            ),
            ("64:ff9b:1::808:808 2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe::1", false),
        ] {
            for address in addresses.split(' ') {
                assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
            }
        }
    }
}
