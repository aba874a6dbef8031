//! What every stance says in its own turn order: engaging others, evidence, sums, questions, standing firm or moving. Tables.
//!
//! Their lengths matter. A bank that one turn of a kind uses once holds at least 16 templates, because five workers in three rounds make
//! fifteen turns of a kind; `dealt_cards_cover_a_debate` in `speech.rs` checks it.

use super::Bank;

/// Agreeing with an earlier speaker, in a speech.
pub(in crate::rehearsal) const AGREE: Bank = &[
    "{who} said {quote}, and that is exactly the floor I would build on.",
    "On one thing I am with {who} entirely: {quote}.",
    "When {who} says {quote}, I hear the strongest argument made so far.",
    "{who} put it well, {quote}, and nobody has answered it yet.",
    "I had a longer preface ready; {who} made it unnecessary with {quote}.",
    "Credit to {who} for {quote}; it moves the whole question a step forward.",
    "Let me carry {who}'s thought further. From {quote} it follows that we can drop half of the usual objections.",
    "{who} and I rarely start from the same end, yet {quote} is where I arrive as well.",
    "Keep {who}'s remark in view, {quote}, because the rest of what I say leans on it.",
    "If this table remembers one line, let it be {who}'s: {quote}.",
    "I tested {who}'s claim, {quote}, against my own doubts, and it came out in one piece.",
    "What {who} calls {quote} is, in my words, the reason to act at all.",
    "{who} is ahead of me here; {quote} says in a breath what I needed a page for.",
    "There is a quiet insight in {who}'s turn, {quote}, and I want it on the record before it gets buried.",
    "Suppose {who} is right, and {quote}. Then the argument is shorter than we thought.",
    "I second {who} without reservations on this: {quote}.",
];

/// Disagreeing with an earlier speaker, in a speech.
pub(in crate::rehearsal) const DIFFER: Bank = &[
    "{who} told us {quote}, and I think that this is where we go astray.",
    "I stumble over a line of {who}'s: {quote}. It sounds true and carries a great deal on thin legs.",
    "With respect to {who}, {quote} is a conclusion that arrived before its reasons.",
    "{who} argues {quote}. Turn that around and it becomes just as convincing, which worries me.",
    "Not so fast, {who}: {quote} holds only while nobody leans on it.",
    "My quarrel with {who} is narrow. {quote} may describe the aim; it does not describe our situation.",
    "{who}'s sentence, {quote}, answers a question that was not asked.",
    "I would underline {who}'s words, {quote}, and then write a question mark next to them.",
    "Where {who} sees a rule, {quote}, I see a lucky example.",
    "The trouble with {quote}, as {who} has it, is that we could say it about any proposal whatever.",
    "{who} wants us to accept {quote}; I accept the first half and contest the second.",
    "Had {who} stopped before {quote}, I would have nodded.",
    "I part company with {who} at one word only, but it sits in the middle of {quote}.",
    "As for {who}'s point, {quote}: true elsewhere, I dare say, and expensive here.",
    "{quote} is {who}'s position in a nutshell, and I would like to see the nut cracked.",
    "Let me be the one to resist {who} here, since {quote} has slipped by unopposed.",
];

/// Nobody has spoken yet.
pub(in crate::rehearsal) const ALONE: Bank = &[
    "Somebody has to go first, so I will say something that can be shot at.",
    "As the first to speak I owe you a position rather than a tour of the premises.",
    "Nothing has been said yet, which is the best moment to be plain.",
    "I open, so take what follows as a target and not as a verdict.",
    "Going first has one advantage: I can still be surprised by all of you.",
    "There is no one to contradict yet, so I shall begin by exposing my own flank.",
];

/// The start of a rebuttal: whom it answers.
pub(in crate::rehearsal) const COUNTER: Bank = &[
    "{who}, you said {quote}, and I have been chewing on it since.",
    "To {who}: {quote} is the sentence I would take back first if I were you.",
    "I want to return to {who}'s claim, {quote}, before it hardens into common knowledge.",
    "{who} closed a door with {quote}, and I would like to open it again.",
    "Among all the speeches this round, the one I must answer is {who}'s, because of {quote}.",
    "One reply, and it goes to {who}. You hold that {quote}; I hold that it depends.",
    "If {who} is right and {quote}, then most of what I said falls. I do not think so.",
    "Let us slow down at {who}'s line, {quote}, for it does more work than it shows.",
    "{who} and I read the same page differently; where it says little, {who} hears {quote}.",
    "Against {who}'s {quote} I can offer no proof, only a counter-example.",
    "I owe {who} an answer. The claim was {quote}, and it deserves better than silence.",
    "Reading my notes, I find {quote} underlined, with {who}'s name next to it and a question mark.",
    "{who} made me hesitate with {quote}, which is why I come back to it now.",
    "What divides {who} and me is smaller than it sounded; it is contained in {quote}.",
    "Somebody ought to test {who}'s {quote}, so I volunteer.",
    "Of everything {who} offered, {quote} was the part that carried the weight, so there I push.",
];

/// Answering a question that was put to the speaker.
pub(in crate::rehearsal) const ANSWER: Bank = &[
    "{who} asked me straight out, so straight back: I would stay with {opt} for as long as {np} gives no reason to leave it.",
    "To {who}'s question my honest answer is partly no, and the part that is yes concerns {np}.",
    "You wanted to know, {who}, and I will not dodge. The deciding thing for me would be {np}, and nothing above it.",
    "{who}'s question is fair. If I had to answer it today I would point at {np} and ask for a week.",
    "I promised {who} an answer. Here it is: yes, provided that {np} does not get worse on the way.",
    "Since {who} put it to me, let me say it plainly; I do not know, and {np} is where I would go and look.",
    "{who}, short answer: {opt}. Long answer: {opt}, with somebody keeping an eye on {np}.",
    "The question {who} sent my way has a trap in it, because it assumes that {np} can be had without {np2}.",
    "Asked by {who}, I would give up {np2} before I gave up {np}.",
    "My reply to {who} is a condition. Show me that {np} can be undone, and I stop objecting.",
    "{who} asked, and I checked what I said before: I would still say it, except about {np}.",
    "For {who}, who asked: whoever works with {np} every day should have the casting vote.",
    "Thank you for the question, {who}. It made me notice that I had been treating {np} as fixed.",
    "On what {who} asked me: I would rather be slow at {np} than wrong about {np2}.",
    "If {who} wants a number from me, I have none; what I have is {fact}, and a suspicion.",
    "{who} deserves a clear reply, and it is this: not before {np} has been settled.",
    "Let me first settle my debt to {who}. I would say yes to {opt} and no to any shortcut through {np}.",
    "{who} wanted something definite. Very well: I would spend the first day on {np} and nothing else.",
    "On {who}'s question I have slept, and the answer has become simpler; it is {np}.",
    "If {who} will accept a guess, mine is that {np} decides and {np2} follows.",
    "I hear {who} asking for a limit. Mine is reached when {np} costs more than it spares.",
    "What {who} asks cannot be known from the briefing, and I prefer to say so before talking about {np}.",
    "{who} put a finger on it, I had no good answer then, and now I have half of one: watch {np}.",
    "For {who} I can be brief. I would trade {np2} for certainty about {np}.",
    "Yes, {who}, I would say the same if it were my own evening that {np} took up.",
    "My answer to {who} in one breath: {opt} first, {np} second, doubts third.",
    "{who} is owed a name and not a principle. The name, for me, is whoever looks after {np}.",
    "Put differently from how {who} put it, the question is whether {np} can wait, and I say that it cannot.",
    "I would tell {who} what I tell myself: nothing about {np} is as urgent as being able to turn back.",
    "To be fair to {who}, my first reaction was to evade; the plain answer is that {np} worries me more than {np2}.",
];

/// Something the briefing says.
pub(in crate::rehearsal) const EVIDENCE: Bank = &[
    "The anchor for me is {fact}; an answer that cannot live with it is no answer.",
    "Look at {fact}. It did not get there by accident, and it narrows the field.",
    "I keep coming back to {fact}, because everything louder in the briefing depends on it.",
    "Nobody forced the author to write {fact}, so I take it seriously.",
    "If there is a hard edge in the material, I would say it is {fact}.",
    "Set {fact} beside {np} and the picture tightens considerably.",
    "What persuades me is dull: {fact}, read literally, leaves little room.",
    "Remember {fact}; whoever proposes something should say what happens to it.",
    "The text gives us {fact}, and I have not heard a reading of it that points the other way.",
    "My evidence is modest. It consists of {fact} and of the lack of anything against it.",
    "Take {fact} at face value for a moment, and ask who feels it first.",
    "There is a reason to be careful in plain sight, namely {fact}.",
    "Against the general mood I would hold up {fact}, which is the least fashionable thing we were told.",
    "One could argue about adjectives for hours; {fact} would still be there afterwards.",
    "I asked myself which single item I could not explain away, and it was {fact}.",
    "Read {fact} twice. The second time it stops sounding harmless.",
    "Between the lines a lot is possible, but the line itself, {fact}, was clear enough.",
    "Let {fact} be the test: does the proposal improve it, worsen it, or ignore it?",
    "Most of the discussion would be shorter if we had begun with {fact}.",
    "From where I sit {fact} should weigh more than any of our preferences.",
    "We may like it or not, {fact} was put there as a constraint and not as colour.",
    "I will lean on {fact}, and anybody who knows better may kick it away.",
    "Someone will ask us later how we dealt with {fact}; I would like to have an answer by then.",
    "It would be odd to decide this without once mentioning {fact}, so here it is.",
    "The unglamorous item, {fact}, seems to me to settle more than the rest together.",
    "Hold the conclusion for a second and consider {fact}.",
    "Had {fact} come out differently, I might well be arguing the opposite.",
    "Whatever we end up with should be able to look {fact} in the eye.",
    "Here is what I would underline in the briefing: {fact}.",
    "That brings me to {fact}, which so far has been treated as furniture.",
];

/// Something the briefing says, in a rebuttal.
pub(in crate::rehearsal) const REMINDER: Bank = &[
    "We were given {fact}, and your case has to go through it and not around it.",
    "Set against {fact}, the objection loses some of its weight.",
    "I would be easier to convince if {fact} were not staring at us.",
    "The page is not neutral on this; it has {fact}.",
    "Please find me a way to square that with {fact}.",
    "It cannot be a coincidence that {fact} was left out of your account.",
    "You need {fact} to mean less than it says.",
    "Try the same sentence again with {fact} in the middle of it.",
    "My counterweight is still {fact}, and I have not seen it moved.",
    "Between your impression and {fact}, I must side with the latter.",
    "All of this was written down before we met: {fact}, in so many words.",
    "Even a generous reading of {fact} would not stretch so far.",
    "Then what do you make of {fact}?",
    "That is where {fact} comes in, and it comes in on my side.",
    "I would trade my whole argument for a good explanation of {fact}.",
    "A reader who knew nothing but {fact} would be surprised by your conclusion.",
];

/// Before a sum.
pub(in crate::rehearsal) const LEADS: Bank = &[
    "Do the sum:",
    "A quick check on paper:",
    "Arithmetic first:",
    "Put figures on it:",
    "On the back of an envelope:",
    "Let me calculate openly:",
    "Here is the one sum I would show anybody:",
    "In numbers:",
    "My pencil says this:",
    "Work it through:",
    "To get a feeling for the size:",
    "The plain calculation goes like this:",
    "Count with me:",
    "I did this one at home, so to speak:",
    "Try it with the figures we have:",
    "For scale:",
    "Without any model, just the briefing's own figures:",
];

/// Before a sum, in a rebuttal.
pub(in crate::rehearsal) const COUNTER_LEADS: Bank = &[
    "Weigh it against this:",
    "My reply fits into a bracket:",
    "I answer with a sum instead of a speech:",
    "There is a calculation in the way:",
    "Before you insist, look at the size of it:",
    "The figures disagree with the mood:",
    "Let the numbers interrupt us:",
    "One line of arithmetic stands between us:",
    "You can check my counter-argument yourself:",
    "It gets concrete soon enough:",
    "What I set against it is short:",
    "Proportion helps here:",
    "My doubt has a size:",
    "Look at it, and then tell me it is minor:",
    "If we must be exact, then so:",
    "And yet, by the briefing's own figures:",
];

/// After a sum. True of any sum.
pub(in crate::rehearsal) const GLOSS: Bank = &[
    "Any proposal should say what it does to that.",
    "It proves nothing by itself, but it tells us where to look.",
    "I would want that on the first slide, and the adjectives on the second.",
    "If somebody thinks that these are the wrong figures to use, now is the time.",
    "That is the scale on which we are arguing.",
    "Keep it in mind when the conversation turns to taste.",
    "The units are ours to check and the conclusion is not mine alone.",
    "Should the inputs be off by a little, the direction stays the same.",
    "I have rounded nothing in my own favour.",
    "It is simple enough to be wrong in only one place, so please look for it.",
    "That figure deserves an owner.",
    "Nobody needs a spreadsheet to see what it means for the order of things.",
    "Whether it is a lot depends on what we compare it with, and that is a choice, too.",
    "So much for precision; it is enough to rank what comes first.",
    "I offer it as a yardstick and not as a result.",
    "From here on I would measure every promise against it.",
    "Disagree with my reading, by all means, as long as we share the sum.",
];

/// A question to somebody.
pub(in crate::rehearsal) const ASK: Bank = &[
    "{other}, what would you have to see in {np} before you changed your mind?",
    "{other}, which would you give up first, {np} or {np2}?",
    "A question to {other}: who notices first when {np} goes wrong?",
    "{other}, could you live with {opt} if {np} were guaranteed?",
    "I would like to hear from {other}: what is the smallest version of {opt} that still counts?",
    "{other}, how would you explain {np} to the person who pays for it?",
    "May I ask {other} what happens to {np2} in your version?",
    "{other}, where exactly does {rival} help with {np}?",
    "So, {other}: is your objection about {np} itself, or about the timing?",
    "{other}, if you were wrong about {np}, when would we find out?",
    "Would {other} agree that {np} is the part we understand least?",
    "{other}, who should have the last word on {np}?",
    "Tell me, {other}, what have we left out of {np2}?",
    "{other}, suppose {np} vanished tomorrow; what would you miss?",
    "I put this to {other}: can we test {opt} without touching {np2}?",
    "{other}, what is the first thing you would measure about {np}?",
    "Here is one for {other}: which promise about {np} would you sign personally?",
    "{other}, does your reasoning survive if {np} takes twice as long?",
    "How does {other} read the part about {np}; as a warning, or as an excuse?",
    "{other}, what would persuade you to prefer {rival} after all?",
    "Where would {other} draw the line between {np} and {np2}?",
    "{other}, is there anybody outside this room who would disagree about {np}?",
    "What does {other} think we should stop doing, if {opt} is chosen?",
    "{other}, which of our arguments about {np} has aged worst?",
    "Could {other} name one sign that would tell us to leave {opt}?",
    "{other}, how much of {np} do we need on the first day?",
    "Let me ask {other} directly: what is the cost of being late with {np}?",
    "{other}, would you rather be early on {np} or right about {np2}?",
    "And {other}: who has tried something like {opt} before, and what stopped them?",
    "{other}, what would the next step be if we had only half the time for {np}?",
    "Is there a reason, {other}, to treat {np} and {np2} as one thing?",
    "{other}, what do you think the author of the briefing wants us to say about {np}?",
];

/// Staying where one was.
pub(in crate::rehearsal) const HOLD: Bank = &[
    "I came in for {opt}, and after a round of good objections I am still there.",
    "My vote has not moved: {opt}.",
    "Nothing said so far makes {opt} worse, only less popular.",
    "I checked whether pride keeps me with {opt}. Partly, I think, and the reasons still do the rest.",
    "For the sake of the record, I remain with {opt}.",
    "You have made {opt} harder to defend and no less right.",
    "I stay with {opt}, though I now know better what it would cost.",
    "If anything I am firmer about {opt} than when we began.",
    "The alternatives improved; {opt} improved more.",
    "I would still choose {opt}, and I would now choose it with a condition.",
    "Call it stubborn, I keep to {opt} until someone shows me the step that fails.",
    "My answer remains {opt}, and my doubts have changed their address.",
    "We have circled {opt} for a while, and I am comfortable inside the circle.",
    "No retreat from {opt} on my part; a detour perhaps.",
    "I defend {opt} with fewer words than before, because fewer are needed.",
    "There were moments when I nearly left {opt}, and then the reasons came back.",
];

/// Moving to another option.
pub(in crate::rehearsal) const SHIFT: Bank = &[
    "I came in for {old} and I am moving to {opt}; {who} found the flaw that I had been stepping over.",
    "Credit where it is due: {who} has talked me out of {old}, and I now support {opt}.",
    "I change my vote. {old} was my answer yesterday, {opt} is my answer now.",
    "Let me say it openly, I have shifted from {old} to {opt}, and it was {who} who did it.",
    "{old} looked right from where I stood; having heard {who}, I stand with {opt}.",
    "I give up {old}. What I wanted from it I can have from {opt}, with less regret.",
    "You will not hear me defend {old} again, for {opt} does the same and can be undone.",
    "The honest summary of my last hour: {old} out, {opt} in.",
    "I moved. Between {old} and {opt} the difference turned out to be the one {who} described.",
    "My first choice, {old}, did not survive {who}'s turn, so I join those who want {opt}.",
    "I was wrong to prefer {old} so quickly; {opt} is the better bet on what we know.",
    "It costs me something to say so, but I have come round to {opt} and leave {old} to others.",
    "Put me down for {opt}. I let go of {old} when I could not answer {who}.",
    "My position has shifted towards {opt}, since {old} kept needing one more excuse.",
    "After the last round I can no longer hold {old}; I side with {opt}, late but willingly.",
    "I have crossed the room from {old} to {opt}, and the argument that carried me was {who}'s.",
];

/// The last word on the matter, in the last round.
pub(in crate::rehearsal) const CLOSE: Bank = &[
    "If we had to vote now I would raise my hand for {opt}, and write down {np} as the thing to watch.",
    "My final recommendation is {opt}, on the understanding that {np} is looked at again in three months.",
    "So, to close: {opt}, a named owner for {np}, and a date for regret.",
    "I end where the reasons end, at {opt}; beyond it lies {np2}, and that is another evening.",
    "Let the minutes say {opt}, and let them also say that we were unsure about {np}.",
    "Were it my own money I would put it on {opt} and keep a little back for {np}.",
    "I would send one sentence upstairs: we choose {opt}, because it keeps {np} in our hands.",
    "In the end I recommend {opt}, not as the best of all answers but as the one we can correct.",
    "Decide for {opt}, tell everybody why, and revisit it when {np} has had a season.",
    "My closing line is short. {opt}, beginning with {np}, and no encore for {rival}.",
    "Having heard everyone, I would sign {opt} tonight and sleep on {np2}.",
    "The choice I can defend in a year's time is {opt}; I could not say so of {rival}.",
    "I should like us to leave with {opt} agreed, {np} assigned and {np2} honestly parked.",
    "What remains is courage. {opt}, and the first step on {np} before the week is out.",
    "Make it {opt}. If {np} proves me wrong, I shall be the first to say so.",
    "For my part the debate is over: {opt}, and a watchful eye on {np}.",
];

/// Obeying the judge.
pub(in crate::rehearsal) const HEED: Bank = &[
    "The judge wants me closer to the question, and rightly. So, to {np}.",
    "I take the judge's hint; let me come down from the general to {np}.",
    "Redirected, and fairly so. What I should have named at once is {np}.",
    "Understood, judge: less sermon, more {np}.",
    "The bench asked me to be concrete. I will be, about {np}.",
    "I was called to order, so here is the point without its coat: {np}.",
    "Back on the path, as the judge asked, by way of {np}.",
    "The judge's reminder was deserved, and I shall spend it on {np}.",
];

/// The end of a rebuttal.
pub(in crate::rehearsal) const BACK: Bank = &[
    "Where I give ground is {np}; where I do not is the choice of {opt}.",
    "Convince me about {np} and I will drop the rest without a fight.",
    "I concede the tone, keep the point, and would still begin with {np}.",
    "That leaves {opt} bruised but standing.",
    "Let us at least agree that {np} should be settled before anybody is blamed.",
    "If that is too harsh, soften it, but do not lose {np} on the way.",
    "We are closer than this exchange sounds, and the gap has a name: {np}.",
    "I would rather lose this argument than leave {np} undecided.",
    "My offer stands: {opt}, with your condition on {np} written into it.",
    "So I hold on to {opt}, a little less loudly.",
    "Prove me wrong on {np2} and I will thank you for it.",
    "The disagreement is real, small and useful, and it lives in {np}.",
    "Strike my example if you like; the worry about {np} remains.",
    "For now I would put {rival} back on the shelf, keep {opt} within reach and look at {np} together.",
    "I take half of your point home with me, the half about {np}.",
    "Let the next speaker say what {np} would look like if both of us were right.",
];

/// What a floor contribution opens with. Thirty: two laps of five workers in three rounds.
pub(in crate::rehearsal) const FLOOR: Bank = &[
    "Briefly, on {who}'s remark, {quote}: I would not let it stand alone.",
    "One addition to what {who} said, {quote}, because it was nearly complete.",
    "Only this: {who} was heard too quickly on {quote}.",
    "I hold the floor for a moment to support {who}, who said {quote}.",
    "A footnote to {who}. The words were {quote}, and the footnote is a reservation.",
    "Something {who} let fall, {quote}, seems worth picking up.",
    "Before we go on, could we mark {who}'s {quote} as unresolved?",
    "It is late, but {who}'s {quote} has not left me alone.",
    "I asked for the floor because of {who} and {quote}.",
    "Let me be short. {who} claimed {quote}, and I would put a date on it.",
    "There is a thread hanging loose from {who}'s turn: {quote}.",
    "My objection to {who}'s {quote} has shrunk to a single word, and the word is when.",
    "Thirty seconds on {who}'s {quote}, if I may.",
    "I have one coin left and I spend it on {who}'s line, {quote}.",
    "Just to connect two ends: {who} offered {quote}, and it bears on what the judge will ask.",
    "We passed over {who}'s {quote} in a hurry.",
    "Since {who} brought it up, {quote}, let me add what I know.",
    "A friendly amendment to {who}, whose words were {quote}.",
    "I would frame {who}'s {quote} and hang it over the door, with a small correction.",
    "Perhaps {who} will forgive me for returning once more to {quote}.",
    "Consider {who}'s {quote} from the other end for a minute.",
    "From my corner, {who}'s {quote} looks less settled than it sounded.",
    "Nobody has thanked {who} for {quote}, so I do, and then I disagree a little.",
    "What I take away from {who} is {quote}, and one thing is missing from it.",
    "Speaking of open ends, {who} left one with {quote}.",
    "In fairness to {who}, {quote} was said under time pressure; it still needs a second half.",
    "An afterthought about {who}'s {quote} will not go away.",
    "Had I answered {who} at once, I would have said yes to {quote}; now I say almost.",
    "Allow me a last look at {quote}, which {who} may already regret.",
    "I nearly passed, and then I remembered {who} and {quote}.",
];

/// What a floor contribution opens with when nobody can be quoted.
pub(in crate::rehearsal) const FLOOR_ALONE: Bank = &[
    "Briefly, one thing that has not been said aloud: {fact}.",
    "I take the floor for {fact}, which deserved more than silence.",
    "Only a reminder: {fact} was part of the question.",
    "Let me be short and point at {fact}.",
    "Before we close, somebody should mention {fact}.",
    "I spend my turn on {fact}, since nobody else has.",
];

/// Round 0: what one would like to know.
pub(in crate::rehearsal) const RESEARCH: Bank = &[
    "Before we begin I would like to know how firm {fact} is, because my first instinct depends on it.",
    "My homework for this debate is {np}: where it comes from, how it looks on a bad day, and whether it agrees with {fact}.",
    "I would check {fact} first, and only then have an opinion about {np}.",
    "What I miss in the briefing is a history of {np}; a single earlier attempt would tell us how to read {fact}.",
    "If I could look at one thing before speaking it would be {np}, and the second would be whatever produced {fact}.",
    "I read the briefing twice, and marked {fact} both times.",
    "The gap I would like to close early is between {np} and {fact}; the text puts them side by side and says no more.",
    "For now I collect questions. The first concerns {np}, and the second asks how old {fact} may be.",
];

/// Round 0: what one starts from.
pub(in crate::rehearsal) const START: Bank = &[
    "Until I hear better I assume that {opt} is possible and that {np} is not negotiable.",
    "I start with a slight preference for {opt} and no attachment to it.",
    "My working hypothesis is {opt}; the quickest way to kill it would go through {np}.",
    "For the moment I keep both {opt} and {rival} on the table.",
    "Without further facts I would guess {opt}, mostly on account of {np}.",
    "I have no side yet, only a suspicion that {rival} is easier to praise than to do.",
    "Ask me again after the first round; today I would say {opt}, in pencil.",
    "I go in with {opt} in mind, and with {fact} as the thing that may change it.",
];

/// Sentences a speech takes when it came out short. Nobody is quoted in them.
pub(in crate::rehearsal) const MORE: Bank = &[
    "None of this makes {np} go away, of course; it only tells us who has to carry it.",
    "I would add that {np2} has had no advocate so far, and it should have one.",
    "The part I am least sure of is {np}, and I would rather say so than sound certain.",
    "There is a smaller version of the same question inside {np}, and we could answer that one today.",
    "Imagine explaining {np} in one line to somebody who was not here; that line is what we are really choosing.",
    "Half of the difficulty, I believe, comes from treating {np} and {np2} as though they had the same clock.",
    "What makes it hard is that {np} rewards patience and our calendar does not.",
    "I mention {np2} last because it will be the first thing we forget.",
    "It is worth a thought that the briefing spends more words on {np} than on anybody's reasons.",
    "Nothing here asks for genius; it asks for somebody to stay with {np} until it is finished.",
    "The longer I look at {np2}, the less I believe that it can be an afterthought.",
    "If we get {np} wrong in the small, the rest will not save us.",
    "Some of what we call uncertainty about {np} is only a phone call that nobody has made.",
    "We tend to argue about the visible end of {np}; the other end decides.",
    "I would protect {np} from our enthusiasm as much as from our neglect.",
    "Everything I said becomes weaker if {np2} is about to change anyway, so let us find that out.",
    "My confidence drops with every step we put between ourselves and {np}.",
    "A last detail: {np} and {np2} meet in exactly one place, and we have not visited it.",
    "One could shrink the whole matter to {np} and lose surprisingly little.",
];
