//! What a collector took from a page.

use serde::{Deserialize, Serialize};

use super::Strategy;

/// The selected texts of one page at one moment. It crosses from the page to the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSnapshot {
    /// The full address of the page.
    pub address: String,
    /// The layout of the plan that was run.
    pub layout: String,
    /// The page.
    pub root: Region,
}

/// A region that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The name in the plan.
    pub name: String,
    /// How it was found.
    pub by: Strategy,
    /// One entry for each field and way that gave a value, in the order of the plan.
    pub fields: Vec<Field>,
    /// The regions in it, in the order of the plan, then of the page.
    pub regions: Vec<Region>,
}

/// The values that one way gave for one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name in the plan.
    pub name: String,
    /// How they were found.
    pub by: Strategy,
    /// Texts with folded white space, or attributes as they are. None is empty.
    pub values: Vec<String>,
}

impl PageSnapshot {
    /// What belongs to each order of the page: the same page with nothing but its language and that order.
    pub fn orders(&self) -> impl Iterator<Item = Self> {
        self.root.regions("order").map(|order| Self {
            address: self.address.clone(),
            layout: self.layout.clone(),
            root: Region {
                name: self.root.name.clone(),
                by: self.root.by,
                fields: self.root.entries("language").cloned().collect(),
                regions: vec![order.clone()],
            },
        })
    }
}

impl Region {
    /// The regions of one name, in the order of the page.
    pub fn regions<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Region> {
        self.regions.iter().filter(move |region| region.name == name)
    }

    /// The entries of one field, the most trusted way first.
    pub fn entries<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    /// All values of one field, the most trusted way first.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.entries(name).flat_map(|field| field.values.iter().map(String::as_str))
    }
}
