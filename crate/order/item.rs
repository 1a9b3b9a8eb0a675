//! The lines of an order and its stores.

use super::{Item, Store, money, reader::Reader, text::clean};
use crate::page::{Address, Region, Strategy};

/// The items of a region, in the order of the page.
///
/// Where only product links are left to go by, an item must show how many were bought: other products on the page do
/// not.
pub(super) fn items(region: &Region, address: &Address, reader: &mut Reader) -> Vec<Item> {
    let mut items = Vec::new();
    for part in region.regions("item") {
        reader.note(part.by, "items");
        let item = item(part, address, reader);
        if !part.by.is_weak() || item.quantity.is_some() {
            items.push(item);
        }
    }
    items
}

fn item(region: &Region, address: &Address, reader: &mut Reader) -> Item {
    let text = |text: &str| Some(clean(text)).filter(|text| !text.is_empty());
    let listing = |link: &str| item_id(&address.resolve(link)?);
    let listings = || region.values("item_link").filter_map(listing);
    let item_id = reader
        .pick(region, "item_link", "items", listing)
        .map(|(id, _)| id)
        .filter(|id| !is_whole_page(region) || listings().all(|other| other == *id));
    let price = reader.pick(region, "price", "items", money::read).map(|(price, _)| price);
    Item {
        title: reader.pick(region, "title", "items", text).map(|(title, _)| title),
        quantity: reader
            .pick(region, "quantity", "items", quantity)
            .or_else(|| reader.pick(region, "pieces", "items", quantity))
            .map(|(quantity, _)| quantity),
        // On a page of several listings the price may be that of any.
        price: price.filter(|_| !is_whole_page(region) || item_id.is_some()),
        item_id,
        store: None,
    }
}

/// The number in `/item/1005000000000001.html` and `/item/Sample-cable/1005000000000001.html`.
fn item_id(link: &Address) -> Option<String> {
    let after = link.path().split_once("/item/").filter(|_| link.is_ours())?.1;
    let page = after.rsplit('/').next()?;
    let id = page.split('.').next()?;
    ((6..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())).then(|| id.to_owned())
}

/// The number after the last multiplication sign: `x2`, `×2`, `US $12.83 x2`, `X 1`.
fn quantity(text: &str) -> Option<u32> {
    let text = clean(text);
    let (before, after) = text.rsplit_once(['x', 'X', '×'])?;
    let digits = after.trim();
    let alone = !before.ends_with(char::is_alphabetic) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| alone && (1..=99_999).contains(number))
}

impl Store {
    /// Whether both lead to one page of the shop; a name may be cut.
    pub(super) fn is_page_of(&self, other: &Self) -> bool {
        self.url.is_some() && self.url == other.url
    }
}

/// A whole page holds other products and stores too: what it leads to is sure where it is one.
fn is_whole_page(region: &Region) -> bool {
    region.by == Strategy::Address
}

/// The store of a region, where its name or page is shown; none where a whole page, or a region that was found by its
/// place alone, leads to several.
pub(super) fn store(region: &Region, address: &Address, reader: &mut Reader) -> Option<Store> {
    let pages = || region.values("store_link").filter_map(|link| store_page(&address.resolve(link)?));
    if let Some(first) = pages().next().filter(|_| region.by.is_weak() || is_whole_page(region)) {
        reader.note(region.by, "store");
        if pages().any(|page| page != first) {
            return None;
        }
    }
    let text = |text: &str| Some(clean(text)).filter(|text| !text.is_empty());
    let name = reader.pick(region, "store", "store", text).map(|(name, _)| name);
    let url = pages().next();
    (name.is_some() || url.is_some()).then_some(Store { name, url })
}

fn store_page(link: &Address) -> Option<String> {
    (link.is_ours() && link.path().contains("/store/"))
        .then(|| format!("https://{}{}", link.host(), link.path()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quantities_are_read() {
        for (text, number) in [
            ("x2", Some(2)),
            ("×3", Some(3)),
            ("US $12.83 x2", Some(2)),
            ("US $12.83x12", Some(12)),
            ("X 1", Some(1)),
            ("box2", None),
            ("x", None),
            ("x0", None),
            ("2", None),
            ("x2 m", None),
        ] {
            assert_eq!(quantity(text), number, "{text}");
        }
    }

    #[test]
    fn item_ids_are_read() {
        let id = |link: &str| item_id(&Address::parse(link).unwrap());
        assert_eq!(
            id("https://www.aliexpress.com/item/1005000000000001.html?x=1"),
            Some("1005000000000001".to_owned())
        );
        assert_eq!(
            id("https://www.aliexpress.com/item/Cable/1005000000000001.html"),
            Some("1005000000000001".to_owned())
        );
        assert_eq!(id("https://evil.example/item/1005000000000001.html"), None);
        assert_eq!(id("https://www.aliexpress.com/store/1100000001"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = quantity(&text);
        }
    }
}
