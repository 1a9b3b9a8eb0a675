//! Places on an axis of time: by time, at least so far apart that no two marks overlap, and with a break in the one gap that
//! would squeeze all others.

use std::iter;

/// Marks on an axis.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// The place of each, from 0 to the length.
    pub(super) places: Vec<i64>,
    /// Where the axis is broken: the middle of a gap that is drawn shorter than it is.
    pub(super) broken: Option<i64>,
}

/// A gap is broken only where it is longer than this, in seconds: 90 days, beyond what a protection lasts as a rule.
pub(super) const FAR: i64 = 90 * 86_400;

impl Axis {
    /// The places of `times` (seconds, in their order) on an axis of this length, so far `apart` that no two marks overlap.
    /// All of them must fit on it.
    pub(super) fn new(times: &[i64], length: i64, apart: i64) -> Self {
        let gaps = || times.iter().skip(1).zip(times).map(|(after, before)| after - before);
        let whole: i64 = gaps().sum();
        let widest = gaps().max().unwrap_or_default();
        let rest = whole - widest;
        // No second gap can be as wide. Broken, it takes a fifth of the axis.
        let is_broken = widest > FAR && widest / 2 > rest && rest > 0;
        let drawn = |gap: i64| if is_broken && gap == widest { rest / 4 } else { gap };
        let all = gaps().map(drawn).sum::<i64>().max(1);
        let mut places = Vec::new();
        let (mut sum, mut least) = (0, 0);
        for gap in iter::once(0).chain(gaps()) {
            sum += drawn(gap);
            let place = (sum * length / all).max(least);
            least = place + apart;
            places.push(place);
        }
        // Those that were pushed beyond the end push back.
        let mut most = length;
        for place in places.iter_mut().rev() {
            *place = (*place).min(most);
            most = *place - apart;
        }
        let middles = places.iter().skip(1).zip(&places).map(|(after, before)| (after + before) / 2);
        let broken = middles.zip(gaps()).find(|(_, gap)| is_broken && *gap == widest);
        let broken = broken.map(|(middle, _)| middle);
        Self { places, broken }
    }
}
