//! Places on an axis of time: by time, at least so far apart that no two marks overlap, and with a break in the one gap that
//! would squeeze all others.

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
        let gaps = times.windows(2).map(|pair| match pair {
            [before, after] => after - before,
            _ => 0,
        });
        let gaps: Vec<i64> = gaps.collect();
        let whole: i64 = gaps.iter().sum();
        let squeezes = |gap: &i64| *gap > FAR && *gap / 2 > whole - gap && *gap < whole;
        let broken = gaps.iter().position(squeezes);
        // A broken gap takes a fifth of the axis.
        let drawn =
            |(place, gap): (usize, &i64)| if broken == Some(place) { (whole - gap) / 4 } else { *gap };
        let drawn: Vec<i64> = gaps.iter().enumerate().map(drawn).collect();
        let all = drawn.iter().sum::<i64>().max(1);
        let mut sum = 0;
        let mut least = 0;
        let mut places: Vec<i64> = Vec::new();
        for gap in [0].iter().chain(&drawn).take(times.len()) {
            sum += gap;
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
        let middle = |place: usize| Some((places.get(place)? + places.get(place + 1)?) / 2);
        let broken = broken.and_then(middle);
        Self { places, broken }
    }
}
