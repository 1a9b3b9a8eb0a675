//! Every kind of change at every position, counted: all are found.

/// A change of `T` at a position. Answers with none where there is nothing of the kind.
pub(crate) type Change<T> = fn(&mut T, usize) -> Option<()>;

/// A change with its name.
pub(crate) type Kind<T> = (&'static str, Change<T>);

/// What was tried of one table of kinds, and what was not found of it.
#[derive(Default)]
pub(crate) struct Count {
    tried: usize,
    missed: Vec<String>,
}

impl Count {
    /// Makes each change of a good `T` at each position, covers its traces by `cover` from there on, and asks `holds`. A change
    /// whose traces are covered so well that nothing is left of it is none.
    pub(crate) fn run<T: Clone + PartialEq>(
        &mut self,
        (good, positions): (&T, usize),
        kinds: &[Kind<T>],
        cover: impl Fn(&mut T, usize),
        holds: impl Fn(&T) -> bool,
    ) {
        assert!(holds(good), "the good one does not hold");
        for (name, change) in kinds {
            for at in 0..positions {
                let mut changed = good.clone();
                if change(&mut changed, at).is_none() {
                    continue;
                }
                cover(&mut changed, at);
                if changed == *good {
                    continue;
                }
                self.judge(&format!("{name} at {at}"), holds(&changed));
            }
        }
    }

    /// One change, and whether what was changed still holds.
    pub(crate) fn judge(&mut self, what: &str, holds: bool) {
        self.tried += 1;
        if holds {
            self.missed.push(what.to_owned());
        }
    }

    /// All of at least so many were found.
    #[track_caller]
    pub(crate) fn assert_all_found(&self, what: &str, least: usize) {
        assert_eq!(self.missed, Vec::<String>::new(), "{what}: not found, of {} changes", self.tried);
        assert!(self.tried >= least, "{what}: only {} changes", self.tried);
    }
}

/// Leaves the traces as they are.
pub(crate) fn uncovered<T>(_: &mut T, _: usize) {}
