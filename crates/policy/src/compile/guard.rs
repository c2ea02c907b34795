//! Passing over rules that certainly do not apply, at the cost of two bit tests each.
//!
//! Every text is one of 64 bits. A guard is what a rule asks one attribute to be, as bits; if the
//! attribute has none of them, the rule does not apply. Only conditions that can neither fail nor be
//! unknown stand before or behind a guard, so passing over the rule hides nothing.

use reeve_domain::value::{Object, Value};

use super::path::{Path, Slot};
use super::program::{Check, Program, Test};

/// What a rule asks of two attributes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard {
    slots: [u8; 2],
    bits: [u64; 2],
}

/// The attributes of one request as bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bits([u64; Slot::COUNT + 1]);

/// The place of the attribute that passes every guard.
const ANY: u8 = Slot::COUNT_U8;

impl Guard {
    /// A guard that lets everything pass.
    pub const OPEN: Self = Self {
        slots: [ANY; 2],
        bits: [u64::MAX; 2],
    };

    /// The guard of a rule with these conditions.
    pub fn of(conditions: Option<&Program>) -> Self {
        let mut guard = Self::OPEN;
        let Some(program) = conditions else {
            return guard;
        };
        if program.fault.is_some() || program.may_be_invalid {
            return guard;
        }
        let asked = program
            .tests
            .iter()
            .take_while(|test| is_harmless(test))
            .filter_map(asked);
        for ((slot, bits), (slot_place, bits_place)) in
            asked.zip(guard.slots.iter_mut().zip(&mut guard.bits))
        {
            *slot_place = slot;
            *bits_place = bits;
        }
        guard
    }

    /// Whether the rule may apply to attributes with these bits.
    pub fn lets_pass(&self, bits: &Bits) -> bool {
        let met = |at: usize| {
            let slot = self.slots.get(at).copied().unwrap_or(ANY);
            let found = bits.0.get(usize::from(slot)).copied().unwrap_or(u64::MAX);
            self.bits.get(at).copied().unwrap_or(u64::MAX) & found != 0
        };
        met(0) && met(1)
    }
}

/// Whether a test has an answer, yes or no, whatever the attributes are.
fn is_harmless(test: &Test) -> bool {
    let plain = matches!(&test.path, Path::Name(step) if step.slot.is_some());
    plain
        && matches!(
            test.check,
            Check::IsText(_)
                | Check::InTexts(_)
                | Check::IsNot
                | Check::NotIn
                | Check::Is
                | Check::In
        )
}

/// The attribute and the bits that a test asks for.
fn asked(test: &Test) -> Option<(u8, u64)> {
    let Path::Name(step) = &test.path else {
        return None;
    };
    let bits = match &test.check {
        Check::IsText(wanted) => bit(wanted),
        Check::InTexts(wanted) => wanted.iter().fold(0, |bits, one| bits | bit(one)),
        _ => return None,
    };
    // What asks for nothing at all has no bits, and a check without attributes ignores conditions.
    (bits != 0).then_some((step.slot?.number(), bits))
}

impl Bits {
    /// Passes every guard: for checks without attributes, and to see all rules.
    pub const ALL: Self = Self([u64::MAX; Slot::COUNT + 1]);

    /// The bits of these attributes.
    pub fn of(attributes: &Object) -> Self {
        let mut bits = [0; Slot::COUNT + 1];
        if let Some(any) = bits.last_mut() {
            *any = u64::MAX;
        }
        for (name, value) in attributes.iter() {
            if let Some(slot) = Slot::of(name)
                && let Some(place) = bits.get_mut(usize::from(slot.number()))
            {
                *place |= bits_of(value);
            }
        }
        Self(bits)
    }
}

fn bits_of(value: &Value) -> u64 {
    match value {
        Value::Text(text) => bit(text),
        Value::List(items) => items
            .iter()
            .filter_map(Value::as_text)
            .fold(0, |bits, text| bits | bit(text)),
        _ => 0,
    }
}

/// The bit that stands for a text.
fn bit(text: &str) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut mixed = 0_u64;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for word in words {
        mixed = (mixed.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    let last = rest
        .iter()
        .fold(0x80_u64, |last, byte| last << 8 | u64::from(*byte));
    mixed = (mixed.rotate_left(5) ^ last).wrapping_mul(FACTOR);
    1 << (mixed >> 58)
}
