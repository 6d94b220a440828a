#include "explore/moves.h"

#include "explore/stimulus.h"

/* ---- segments ---- */

static void peer_acks(struct walk *walk)
{
	struct segment segment;

	stimulus_right(walk, TCP_ACK, 0, &segment);
	walk_inject(walk, walk_pause(walk), &segment);
}

static void peer_sends(struct walk *walk)
{
	static const uint32_t lengths[] = { 1, 10, 100, 1000, 1400 };
	struct segment segment;

	stimulus_right(walk, TCP_PSH | TCP_ACK, lengths[chance_below(&walk->chance, 5)], &segment);
	walk_inject(walk, walk_pause(walk), &segment);
}

static void peer_closes(struct walk *walk)
{
	struct segment segment;

	stimulus_right(walk, TCP_FIN | TCP_ACK, chance_percent(&walk->chance, 25) ? 10 : 0,
	               &segment);
	walk_inject(walk, walk_pause(walk), &segment);
}

/* Its FIN, and an ACK of all but our FIN: they cross. */
static void peer_closes_too(struct walk *walk)
{
	struct segment segment;

	stimulus_right(walk, TCP_FIN | TCP_ACK, 0, &segment);
	segment.tcp.acknowledgment = walk->belief.tcb.snd_una;
	walk_inject(walk, walk_pause(walk), &segment);
}

static void peer_is_strange(struct walk *walk)
{
	struct segment segment;

	stimulus_any(walk, &segment);
	walk_inject(walk, walk_pause(walk), &segment);
}

static void peer_repeats(struct walk *walk)
{
	struct segment segment = walk->sent[chance_below(&walk->chance, walk->sent_count)];

	walk_inject(walk, walk_pause(walk), &segment);
}

/* What was sent before comes again, and with it the FIN. */
static void peer_repeats_and_closes(struct walk *walk)
{
	struct segment segment = walk->sent[chance_below(&walk->chance, walk->sent_count)];

	segment.tcp.flags |= TCP_FIN;
	walk_inject(walk, walk_pause(walk), &segment);
}

/* A FIN whose ACK was overtaken by a newer one. */
static void peer_closes_late(struct walk *walk)
{
	const struct tcb *tcb = &walk->belief.tcb;
	struct segment segment;

	stimulus_right(walk, TCP_FIN | TCP_ACK, 0, &segment);
	segment.tcp.acknowledgment = tcb->snd_una - (tcb->snd_una != tcb->iss + 1 ? 1 : 0);
	walk_inject(walk, walk_pause(walk), &segment);
}

/* ---- calls ---- */

static void program_writes(struct walk *walk)
{
	static const unsigned sizes[] = { 1, 10, 100, 1000, 3000, 20000 };
	unsigned size = sizes[chance_below(&walk->chance, 6)];

	walk_say(walk, walk_pause(walk), "write(%d, ..., %u) = ...", walk->descriptor, size);
	belief_writes(&walk->belief, size);
}

static void program_reads(struct walk *walk)
{
	if (chance_percent(&walk->chance, 20)) {
		walk_say(walk, walk_pause(walk), "recv(%d, ..., 1, MSG_PEEK) = ...",
		         walk->descriptor);
		return;
	}
	walk_say(walk, walk_pause(walk), "read(%d, ..., 10000) = ...", walk->descriptor);
	belief_reads(&walk->belief);
}

static void program_shuts(struct walk *walk)
{
	static const struct {
		const char *name;
		enum call_kind kind;
	} ways[] = { { "SHUT_WR", CALL_SHUT_WRITE },
		     { "SHUT_WR", CALL_SHUT_WRITE },
		     { "SHUT_WR", CALL_SHUT_WRITE },
		     { "SHUT_RD", CALL_SHUT_READ },
		     { "SHUT_RDWR", CALL_SHUT_BOTH } };
	unsigned way = chance_below(&walk->chance, 5);

	walk_say(walk, walk_pause(walk), "shutdown(%d, %s) = ...", walk->descriptor,
	         ways[way].name);
	belief_calls(&walk->belief, ways[way].kind);
}

static void program_closes(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "close(%d) = 0", walk->descriptor);
	walk->descriptor = walk->second;
	walk->second = -1;
	if (walk->descriptor < 0)
		belief_calls(&walk->belief, walk->aborts ? CALL_ABORT : CALL_CLOSE);
}

static void program_aborts(struct walk *walk)
{
	walk_say(walk, walk_pause(walk),
	         "setsockopt(%d, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0",
	         walk->descriptor);
	walk->aborts = true;
	program_closes(walk);
}

static void program_disconnects(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "connect(%d, AF_UNSPEC, ...) = 0", walk->descriptor);
	belief_calls(&walk->belief, CALL_ABORT);
	walk->apart = true;
}

static void program_dups(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "dup(%d) = %d", walk->descriptor, walk->base + 1);
	walk->second = walk->base + 1;
}

static void program_sets(struct walk *walk)
{
	static const char *const of_linux[] = {
		"IPPROTO_TCP, TCP_NODELAY, [1], 4",  "IPPROTO_TCP, TCP_CORK, [1], 4",
		"IPPROTO_TCP, TCP_CORK, [0], 4",     "IPPROTO_TCP, TCP_LINGER2, [-1], 4",
		"IPPROTO_TCP, TCP_LINGER2, [3], 4",  "IPPROTO_TCP, TCP_USER_TIMEOUT, [1000], 4",
		"IPPROTO_TCP, TCP_QUICKACK, [1], 4", "IPPROTO_TCP, TCP_KEEPIDLE, [1], 4",
		"SOL_SOCKET, SO_KEEPALIVE, [1], 4",
	};
	static const char *const plain[] = {
		"IPPROTO_TCP, TCP_NODELAY, [1], 4",
		"IPPROTO_TCP, TCP_KEEPIDLE, [1], 4",
		"SOL_SOCKET, SO_KEEPALIVE, [1], 4",
	};
	bool is_plain = walk->belief.habits.plain;
	unsigned count =
		is_plain ? sizeof(plain) / sizeof(*plain) : sizeof(of_linux) / sizeof(*of_linux);
	const char *const *options = is_plain ? plain : of_linux;

	walk_say(walk, walk_pause(walk), "setsockopt(%d, %s) = ...", walk->descriptor,
	         options[chance_below(&walk->chance, count)]);
}

static void listener_closes(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "close(3) = 0");
	walk->listens = walk->belief.listening = false;
}

/* ---- looking ---- */

static void look(struct walk *walk, usec_t wait)
{
	if (walk->descriptor >= 0 && chance_percent(&walk->chance, 50))
		walk_say(walk, wait, "state(%d) = ...", walk->descriptor);
	else if (walk->port)
		walk_say(walk, wait, "state(8080 > %u) = ...", walk->port);
	else
		walk_say(walk, wait, "state = ...");
}

static void poll_it(struct walk *walk, usec_t wait)
{
	walk_say(walk, wait, "poll([{fd=%d, events=POLLIN|POLLOUT%s, revents=...}], 1, 0) = ...",
	         walk->descriptor, walk->belief.habits.plain ? "" : "|POLLRDHUP");
}

static void program_looks(struct walk *walk)
{
	if (walk->descriptor >= 0 && chance_percent(&walk->chance, 40)) {
		poll_it(walk, walk_pause(walk));
		return;
	}
	look(walk, walk_pause(walk));
}

/* ---- the table ---- */

static bool always(const struct walk *walk)
{
	(void)walk;
	return true;
}

/* The script's words for a connection go with its descriptor. */
static bool is_connected(const struct walk *walk)
{
	return !walk->apart;
}

static bool has_sent(const struct walk *walk)
{
	return walk->sent_count > 0 && !walk->apart;
}

static bool has_descriptor(const struct walk *walk)
{
	return walk->descriptor >= 0;
}

/* dup(), and connect() to AF_UNSPEC, are not of every TCP. */
static bool has_one_descriptor(const struct walk *walk)
{
	return walk->descriptor == walk->base && walk->second < 0 && !walk->belief.habits.plain;
}

static bool is_of_linux(const struct walk *walk)
{
	return walk->descriptor >= 0 && !walk->belief.habits.plain;
}

static bool has_listener(const struct walk *walk)
{
	return walk->listens && walk->last;
}

static bool closes_seen(const struct walk *walk)
{
	return walk->belief.tcb.fin_sent && !walk->apart;
}

/* clang-format off */
static const struct {
	unsigned weight;
	bool (*usable)(const struct walk *walk);
	void (*make)(struct walk *walk);
} moves[] = {
	{ 30, is_connected,       peer_is_strange },
	{ 10, is_connected,       peer_acks },
	{ 10, is_connected,       peer_sends },
	{  8, is_connected,       peer_closes },
	{  4, closes_seen,        peer_closes_too },
	{  5, has_sent,           peer_repeats },
	{  3, has_sent,           peer_repeats_and_closes },
	{  3, closes_seen,        peer_closes_late },
	{ 10, has_descriptor,     program_writes },
	{  8, has_descriptor,     program_reads },
	{  8, has_descriptor,     program_shuts },
	{ 10, has_descriptor,     program_closes },
	{  2, has_descriptor,     program_aborts },
	{  1, is_of_linux,        program_disconnects },
	{  1, has_one_descriptor, program_dups },
	{  5, has_descriptor,     program_sets },
	{  1, has_listener,       listener_closes },
	{  8, always,             program_looks },
};
/* clang-format on */

enum { MOVES = sizeof(moves) / sizeof(*moves) };

void move_make(struct walk *walk)
{
	unsigned weights[MOVES];

	for (size_t i = 0; i < MOVES; i++)
		weights[i] = moves[i].usable(walk) ? moves[i].weight : 0;
	moves[chance_weighted(&walk->chance, weights, MOVES)].make(walk);
}

void moves_end(struct walk *walk)
{
	/* What is owed is owed by then: half a second (MUST-40), and what the machine delays. */
	const usec_t enough = 800 * USEC_PER_MSEC;

	look(walk, 0);
	walk->left += 2 * enough;
	if (walk->descriptor >= 0) {
		poll_it(walk, 0);
		walk_say(walk, 0, "read(%d, ..., 100000) = ...", walk->descriptor);
		belief_reads(&walk->belief);
	}
	if (!walk->apart)
		peer_acks(walk);
	look(walk, walk->patient ? 5 * USEC_PER_SEC : enough);
}
