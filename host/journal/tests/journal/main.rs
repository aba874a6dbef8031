//! What the journal promises, through its public interface and on real files.

#[cfg(test)]
mod support;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod appending;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod group_commit;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod projecting;
#[cfg(test)]
mod roundtables;
#[cfg(test)]
mod units;
