//! Every limit of a plugin call, with its unit in its name and the reason for its default.
//!
//! A limit protects the host and the other members from one guest; none of them is meant to be felt by a well-behaved one. The
//! operator may change them; a component can ask for less, never for more.

/// What one call may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// All linear memories of the call together. 64 MiB: a Rust persona uses 2, a Python one 30; sixteen at once stay below a laptop's GiB.
    pub memory_bytes: usize,
    /// All tables of the call together. A Python runtime has 8 000 entries; each costs the host a pointer.
    pub table_elements: usize,
    /// Core instances of the call. The largest toolchain measured (Python without WASI) makes 38.
    pub instances: usize,
    /// Memories and, separately, tables of the call. One of each per instance that needs it.
    pub memories_and_tables: usize,
    /// CPU time inside the guest, in ticks of 10 ms. 5 s: assembling a prompt takes microseconds in Rust, tens of milliseconds in Python.
    pub cpu_ticks: u64,
    /// Everything that one host call, or one result, copies out of the guest. 4 MiB: a prompt with the longest transcript is below one.
    pub host_call_fuel_bytes: usize,
    /// All texts and lists that a guest passes to one function, or returns, together. 1 MiB is beyond what any model reads.
    pub returned_bytes: usize,
    /// The lines of the log, stdout and stderr of the call together. 64 KiB is some hundred lines; what is over is counted and dropped.
    pub log_bytes: usize,
    /// Requests to a model in one turn. A draft, a check and two repairs are four; each may cost money and minutes.
    pub model_calls_per_turn: u32,
    /// Lookups in registered files in one turn. Reading through a file in pieces takes tens; each costs a read from disk.
    pub lookups_per_turn: u32,
    /// Purchases tried in one turn. Nobody affords more; each may call a store's component twice and is written into the journal.
    pub purchases_per_turn: u32,
    /// Postings of the ledger that one `history` gives. A season of twenty debates has as many.
    pub history_postings: usize,
    /// Items, or skills, of one component. More than anybody reads; each is checked when the catalog opens.
    pub offered_entries: usize,
    /// Tags or axes of one skill, effects of one item. Three are usual.
    pub offered_parts: usize,
    /// Characters of an id, a category, a tag or an axis that a store or a skill component names.
    pub offered_id_chars: usize,
    /// Characters of the name of an item or a skill: half a line of a table.
    pub offered_name_chars: usize,
    /// Characters of a description, of a request, or of the note that comes with a purchase: a page.
    pub offered_text_chars: usize,
    /// Sparks that a component may suggest as a price before the whole of it is refused as nonsense. What may be asked for one item is
    /// far less, and for the economy to say (`Bounds::price`): an item beyond that is left out, and the others are sold.
    pub suggested_price: u32,
    /// Characters of one lesson. Ten may be equipped, and all of them are in every prompt of their owner.
    pub lesson_chars: usize,
    /// Characters of a reminder, or of the reason why somebody may not buy: one line of a prompt.
    pub reminder_chars: usize,
    /// Messages of one request. Longer histories belong in one text.
    pub prompt_messages: usize,
    /// A notebook with its keys, after the turn's own changes. 256 KiB of notes is 100 pages, written into the database with every change.
    pub notebook_bytes: usize,
    /// One note, with its key. 64 KiB, so that one note cannot fill the notebook.
    pub note_bytes: usize,
    /// Messages that one `recall` gives. As long as the longest debate that anybody configured.
    pub recall_messages: usize,
    /// Bytes that one `recall` gives; the contract promises 256 KiB.
    pub recall_bytes: usize,
    /// Random bytes per request of the guest. Seeds are 16 to 32 bytes; the host makes the bytes before the guest's memory is asked.
    pub random_bytes: u64,
    /// Open handles (streams, pollables) of the call. A std guest has three.
    pub handles: usize,
}

impl Limits {
    /// The largest component that is compiled: the largest that is read.
    pub const COMPONENT_BYTES: usize = amatelier_plugins::PackageLimits::COMPONENT_BYTES;

    /// How often CPU time is counted. Short enough that a loop is stopped soon, long enough that ticking costs nothing.
    pub const TICK_MS: u64 = 10;
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory_bytes: 64 << 20,
            table_elements: 20_000,
            instances: 64,
            memories_and_tables: 32,
            cpu_ticks: 500,
            host_call_fuel_bytes: 4 << 20,
            returned_bytes: 1 << 20,
            log_bytes: 64 << 10,
            model_calls_per_turn: 8,
            lookups_per_turn: 64,
            purchases_per_turn: 8,
            history_postings: 100,
            offered_entries: 500,
            offered_parts: 16,
            offered_id_chars: 64,
            offered_name_chars: 80,
            offered_text_chars: 2_000,
            suggested_price: 10_000,
            lesson_chars: 6_000,
            reminder_chars: 300,
            prompt_messages: 256,
            notebook_bytes: 256 << 10,
            note_bytes: 64 << 10,
            recall_messages: 1_000,
            recall_bytes: 256 << 10,
            random_bytes: 64 << 10,
            handles: 256,
        }
    }
}
