//! The address of a page: strict, small, and enough to tell the shop's own pages from all others.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{PageKind, sites};

/// An `http` or `https` address.
///
/// The host is lower case without a port or user; the path begins with `/` and is not decoded; parameters are decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    host: String,
    path: String,
    parameters: Vec<(String, String)>,
}

/// A text that is no address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It has no `http` or `https` in front.
    #[error("not an http or https address: {text}")]
    Scheme {
        /// What was given.
        text: String,
    },
    /// Its host is missing or cannot be one.
    #[error("no host in the address: {text}")]
    Host {
        /// What was given.
        text: String,
    },
}

impl Address {
    /// Reads an absolute address. A backslash counts as a slash, as in browsers.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let trimmed = text.trim().replace('\\', "/");
        let (scheme, rest) = trimmed.split_once("://").ok_or_else(|| scheme_error(text))?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return Err(scheme_error(text));
        }
        let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host);
        let host = host.split_once(':').map_or(host, |(host, _port)| host);
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let plausible = host.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'))
        });
        if !plausible {
            return Err(AddressError::Host { text: text.to_owned() });
        }
        Ok(Self { host, path: tidy_path(path), parameters: parameters(query) })
    }

    /// Reads a link of this page: absolute, without scheme (`//host/…`), from the root (`/…`) or relative (`…`, `?…`).
    pub fn resolve(&self, link: &str) -> Option<Self> {
        let link = link.trim();
        if let Some(rest) = link.strip_prefix("//") {
            return Self::parse(&format!("https://{rest}")).ok();
        }
        if link.starts_with('/') {
            return Self::parse(&format!("https://{}{link}", self.host)).ok();
        }
        if link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':')) {
            return Self::parse(link).ok();
        }
        let (folder, slash) = if link.starts_with(['?', '#']) {
            (self.path.as_str(), "")
        } else {
            (self.path.rsplit_once('/').map_or("", |(folder, _page)| folder), "/")
        };
        Self::parse(&format!("https://{}{folder}{slash}{link}", self.host)).ok()
    }

    /// The host, lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path, with one slash wherever there were several.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The first value of a parameter. Letter case counts.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the host is one of the shop's or below one.
    pub fn is_ours(&self) -> bool {
        sites::HOSTS.iter().any(|ours| {
            self.host.strip_suffix(ours).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    }

    /// The kind of page the address leads to.
    pub fn kind(&self) -> PageKind {
        match (self.is_ours(), self.rule()) {
            (false, _) => PageKind::NotOurs,
            (true, None) => PageKind::Unknown,
            (true, Some(rule)) => rule.kind,
        }
    }

    /// The id of the order, where the address holds one: 10 to 22 digits. Ids of lines, refunds and issues do not count.
    pub fn order_id(&self) -> Option<&str> {
        if !self.is_ours() {
            return None;
        }
        let named = sites::ORDER_ID.iter().find_map(|name| self.parameter(name).filter(|id| is_order_id(id)));
        named.or_else(|| self.rule().filter(|rule| rule.id_in_path).and_then(|rule| self.id_after(rule.path)))
    }

    /// The ids of order lines and refund lines that the address holds: 10 to 22 digits each. They look like order ids.
    pub fn line_ids(&self) -> impl Iterator<Item = &str> {
        let ours = self.is_ours();
        let named = sites::LINE_ID.iter().filter(move |_| ours).filter_map(|name| self.parameter(name));
        named.filter(|id| is_order_id(id))
    }

    /// Whether the address is that of a check for robots.
    pub fn is_captcha(&self) -> bool {
        self.is_ours() && sites::CAPTCHA.iter().any(|part| self.path.contains(part))
    }

    /// The layout data that describe the page; empty where none do.
    pub(super) fn layout(&self) -> &'static str {
        self.rule().map_or("", |rule| rule.layout)
    }

    /// The entry of the data that fits best: by host, then the longest path, then a part of the path.
    fn rule(&self) -> Option<&'static sites::PageRule> {
        let label = self.host.split('.').next().unwrap_or_default();
        let path = self.path.to_ascii_lowercase();
        let by_host = || sites::PAGES.iter().find(|rule| !rule.host.is_empty() && rule.host == label);
        let by_path = || {
            sites::PAGES
                .iter()
                .filter(|rule| !rule.path.is_empty() && path.starts_with(rule.path))
                .filter(|rule| !rule.id_in_path || self.id_after(rule.path).is_some())
                .max_by_key(|rule| rule.path.len())
        };
        let by_part = || sites::PAGES.iter().find(|rule| !rule.part.is_empty() && path.contains(rule.part));
        by_host().or_else(by_path).or_else(by_part)
    }

    fn id_after(&self, path: &str) -> Option<&str> {
        let id = self.path.get(path.len()..)?.split('/').next()?;
        Some(id).filter(|id| is_order_id(id))
    }
}

/// Whether a text has the shape of an order id: 14 digits in 2014, 16 now.
fn is_order_id(text: &str) -> bool {
    (10..=22).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn scheme_error(text: &str) -> AddressError {
    AddressError::Scheme { text: text.to_owned() }
}

fn tidy_path(path: &str) -> String {
    let mut tidy = String::from("/");
    for sign in path.chars() {
        if sign != '/' || !tidy.ends_with('/') {
            tidy.push(sign);
        }
    }
    tidy
}

fn parameters(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// Undoes percent encoding; what is no encoding stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let encoded = (*first == b'%').then(|| after.split_at_checked(2)).flatten();
        let value = encoded.and_then(|(digits, left)| Some((hex(digits)?, left)));
        if let Some((byte, left)) = value {
            bytes.push(byte);
            rest = left;
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, kind: PageKind, id: Option<&str>) {
        let address = Address::parse(text).unwrap();
        assert_eq!((address.kind(), address.order_id()), (kind, id), "{text}");
    }

    #[test]
    fn pages_are_known_by_address() {
        use PageKind as Kind;
        const ID: Option<&str> = Some("8200000000000001");
        for (text, kind, id) in [
            ("https://www.aliexpress.com/p/order/index.html", Kind::OrderList, None),
            ("https://es.aliexpress.com/p/order/index.html?x=1#top", Kind::OrderList, None),
            (
                "https://www.aliexpress.us/p/order/detail.html?spm=a&orderId=8200000000000001",
                Kind::OrderDetail,
                ID,
            ),
            (
                "https://www.aliexpress.com//p/order/detail.html?orderId=%38200000000000001",
                Kind::OrderDetail,
                ID,
            ),
            (
                "https://www.aliexpress.com/p/tracking/index.html?_addShare=no&_login=yes&tradeOrderId=8200000000000001",
                Kind::Tracking,
                ID,
            ),
            ("https://track.aliexpress.com/logisticsdetail.htm?tradeId=8200000000000001", Kind::Tracking, ID),
            ("https://www.aliexpress.com/p/reverse-pages/start.html", Kind::DisputeDetail, None),
            ("https://m.aliexpress.com/p/refund-dispute/list.html", Kind::DisputeList, None),
            (
                "https://m.aliexpress.com/p/refund-amount/detail.html?pha_manifest=refund-amount&tradeOrderLineId=8200000000020001",
                Kind::DisputeDetail,
                None,
            ),
            (
                "https://trade.aliexpress.com/issue/fastissue/createIssueStep1.htm?orderId=8200000000000001",
                Kind::DisputeDetail,
                ID,
            ),
            (
                "https://trade.aliexpress.com/issue/fastissue/Detail.htm?tradeOrderLineId=8200000000020001&reverseOrderLineId=8200000000020002",
                Kind::DisputeDetail,
                None,
            ),
            ("https://trade.aliexpress.com/issue/issue_list.htm", Kind::DisputeList, None),
            (
                "https://www.aliexpress.com/p/message/index.html?fromCode=order&orderId=8200000000000001",
                Kind::Chat,
                ID,
            ),
            ("http://msg.aliexpress.com/msgDetail.htm?digest=0a0b", Kind::Chat, None),
            ("https://trade.aliexpress.com/orderList.htm", Kind::OrderList, None),
            ("https://trade.aliexpress.com/order_list.htm", Kind::OrderList, None),
            (
                "https://trade.aliexpress.com/order_detail.htm?orderId=82000000000001",
                Kind::OrderDetail,
                Some("82000000000001"),
            ),
            ("https://www.aliexpress.com/p/order/snapshot.html?orderId=8200000000000001", Kind::Snapshot, ID),
            ("https://www.aliexpress.com/snapshot/1.html?orderId=8200000000000001", Kind::Snapshot, ID),
            (
                "https://feedback.aliexpress.com/management/leaveFeedback.htm?parentOrderId=8200000000000001",
                Kind::Unknown,
                ID,
            ),
            ("https://login.aliexpress.com/?return_url=https%3A%2F%2Fwww.aliexpress.com", Kind::Login, None),
            ("https://www.aliexpress.com/p/ug-login-page/login.html", Kind::Login, None),
            ("https://aliexpress.ru/order-list?filterName=active", Kind::OrderList, None),
            ("https://aliexpress.ru/order-list/8200000000000001?filterName=active", Kind::OrderDetail, ID),
            ("https://www.aliexpress.com/item/1005000000000001.html", Kind::Unknown, None),
            ("https://WWW.AliExpress.COM.:443/p/order/index.html", Kind::OrderList, None),
            ("https://evil-aliexpress.com/p/order/index.html", Kind::NotOurs, None),
            (
                "https://aliexpress.com.evil.example/p/order/detail.html?orderId=8200000000000001",
                Kind::NotOurs,
                None,
            ),
            ("https://www.aliexpress.com@evil.example/p/order/index.html", Kind::NotOurs, None),
            ("https://evil.example\\@www.aliexpress.com/p/order/index.html", Kind::NotOurs, None),
            ("https://example.com/?u=https://www.aliexpress.com/p/order/index.html", Kind::NotOurs, None),
        ] {
            check(text, kind, id);
        }
    }

    #[test]
    fn not_every_text_is_an_address() {
        for text in [
            "",
            "hello",
            "www.aliexpress.com/p/order",
            "file:///tmp/page.html",
            "javascript:alert(1)",
            "https://",
            "https:///p",
            "http://a b.com/",
            "https://?x",
            "about:blank",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn links_are_resolved() {
        let page = Address::parse("https://www.aliexpress.com/p/order/index.html?x=1").unwrap();
        for (link, expected) in [
            ("//www.aliexpress.com/store/1100000001", "/store/1100000001"),
            ("/p/tracking/index.html?a=b", "/p/tracking/index.html"),
            ("detail.html?orderId=1", "/p/order/detail.html"),
            ("?page=2", "/p/order/index.html"),
            ("https://m.aliexpress.com/a", "/a"),
        ] {
            assert_eq!(page.resolve(link).unwrap().path(), expected, "{link}");
        }
        assert_eq!(page.resolve("javascript:void(0)"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*", tail in "[a-z%0-9+&=/.@:?#\\\\]*") {
            let _ = Address::parse(&text);
            if let Ok(address) = Address::parse(&format!("https://{tail}")) {
                let _ = (address.kind(), address.order_id(), address.resolve(&text));
            }
        }

        #[test]
        fn only_the_shop_is_the_shop(host in "[a-z.-]{1,12}") {
            let text = format!("https://{host}/p/order/index.html");
            if let Ok(address) = Address::parse(&text) {
                prop_assert!(!address.is_ours());
            }
        }
    }
}
