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

/* An urgent byte: within the text, its last, or on its way. */
static void peer_is_urgent(struct walk *walk)
{
	static const uint32_t lengths[] = { 1, 1, 3, 10 };
	uint32_t length = lengths[chance_below(&walk->chance, 4)];
	const uint16_t ends[] = { 1, (uint16_t)length, (uint16_t)length, (uint16_t)(length + 1) };
	struct segment segment;

	stimulus_right(walk, TCP_PSH | TCP_ACK | TCP_URG, length, &segment);
	if (chance_percent(&walk->chance, 20))
		segment.tcp.flags |= TCP_FIN;
	segment.tcp.urgent = ends[chance_below(&walk->chance, 4)];
	walk_inject(walk, walk_pause(walk), &segment);
	walk->urgent = true;
}

/* It takes its window back, or lets nothing out: what is acknowledged is all, some or nothing. */
static void peer_shuts_window(struct walk *walk)
{
	const struct tcb *tcb = &walk->belief.tcb;
	uint32_t flight = tcb->snd_nxt - tcb->snd_una;
	unsigned times = walk->patient ? 1 + chance_below(&walk->chance, 3) : 1;
	struct segment segment;

	stimulus_right(walk, TCP_ACK, 0, &segment);
	segment.tcp.window = chance_percent(&walk->chance, 80) ? 0 : 1;
	if (flight > 0 && chance_percent(&walk->chance, 60))
		segment.tcp.acknowledgment = tcb->snd_una + chance_below(&walk->chance, flight);
	for (unsigned i = 0; i < times; i++)
		walk_inject(walk, walk_pause(walk), &segment);
}

/* What is in flight arrived, but for its beginning; the last of it in segments of their own. */
static void peer_sacks(struct walk *walk)
{
	const struct tcb *tcb = &walk->belief.tcb;
	struct segment segment;
	uint32_t begin = tcb->snd_nxt;

	for (unsigned i = 0; i < 3 && begin != tcb->snd_una + 1; i++) {
		uint32_t end = begin, least = tcb->snd_una + 1;
		uint32_t most = end - least;

		begin = end - (most > 1000 ? 1000 : most);
		if (i == 0 && tcb->fin_sent && chance_percent(&walk->chance, 50))
			begin = end - 1;
		stimulus_right(walk, TCP_ACK, 0, &segment);
		segment.tcp.acknowledgment = tcb->snd_una;
		stimulus_add_sack(&segment, begin, end);
		walk_inject(walk, i == 0 ? walk_pause(walk) : 0, &segment);
	}
}

/* A router, or the peer's host, says that a segment did not arrive: one in flight, or another. */
static void network_reports(struct walk *walk)
{
	static const char *const four[] = {
		"unreachable net_unreachable",
		"unreachable host_unreachable",
		"unreachable port_unreachable",
		"unreachable protocol_unreachable",
		"unreachable host_prohibited",
		"time_exceeded exceeded_ttl",
		"parameter_problem",
		"source_quench",
	};
	static const char *const six[] = {
		"unreachable no_route",
		"unreachable address_unreachable",
		"unreachable port_unreachable",
		"unreachable admin_prohibited",
		"time_exceeded exceeded_hop_limit",
		"parameter_problem unknown_next_header",
	};
	const struct tcb *tcb = &walk->belief.tcb;
	bool is_six = walk->belief.habits.ipv6;
	uint32_t numbers[] = { tcb->snd_una,     tcb->snd_una,     tcb->snd_una,
		               tcb->snd_nxt - 1, tcb->snd_una - 1, tcb->snd_nxt + 1 };
	uint32_t number = numbers[chance_below(&walk->chance, 6)];

	walk_say(walk, walk_pause(walk), "< icmp %s [%u:%u(0)]",
	         is_six ? six[chance_below(&walk->chance, 6)]
	                : four[chance_below(&walk->chance, 8)],
	         number, number);
}

/* ---- calls ---- */

static void poll_it(struct walk *walk, usec_t wait)
{
	walk_say(walk, wait, "poll([{fd=%d, events=POLLIN|POLLOUT%s, revents=...}], 1, 0) = ...",
	         walk->descriptor,
	         walk->belief.habits.plain ? "" : "|POLLRDHUP|POLLPRI|POLLRDNORM|POLLWRNORM");
}

static void program_writes(struct walk *walk)
{
	static const unsigned sizes[] = { 1, 10, 100, 1000, 3000, 20000, 400000 };
	unsigned size = sizes[chance_below(&walk->chance, 7)];

	if (chance_percent(&walk->chance, 8) && !walk->belief.habits.plain && size <= 1000) {
		walk_say(walk, walk_pause(walk),
		         "setsockopt(%d, SOL_SOCKET, SO_ZEROCOPY, [1], 4) = 0", walk->descriptor);
		walk_say(walk, 0, "send(%d, ..., %u, MSG_ZEROCOPY) = ...", walk->descriptor, size);
		belief_writes(&walk->belief, size);
		return;
	}
	if (chance_percent(&walk->chance, 25) && !walk->belief.habits.plain)
		walk_say(walk, walk_pause(walk), "send(%d, ..., %u, MSG_NOSIGNAL) = ...",
		         walk->descriptor, size);
	else
		walk_say(walk, walk_pause(walk), "write(%d, ..., %u) = ...", walk->descriptor,
		         size);
	if (!walk->belief.habits.plain && chance_percent(&walk->chance, 50))
		walk_say(walk, 0, "signal(SIGPIPE) = 0~1000");
	belief_writes(&walk->belief, size);
}

static void program_is_urgent(struct walk *walk)
{
	unsigned size = chance_percent(&walk->chance, 50) ? 1 : 10;

	walk_say(walk, walk_pause(walk), "send(%d, ..., %u, MSG_OOB) = ...", walk->descriptor,
	         size);
	belief_writes(&walk->belief, size);
}

static void program_takes_urgent(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "recv(%d, ..., 1, MSG_OOB%s) = ...", walk->descriptor,
	         chance_percent(&walk->chance, 25) ? "|MSG_PEEK" : "");
}

/* It reads up to the mark, a few bytes at a time, and asks where it stands. */
static void program_looks_for_mark(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "ioctl(%d, SIOCATMARK, ...) = 0", walk->descriptor);
	walk_say(walk, 0, "ioctl(%d, SIOCINQ, ...) = ...", walk->descriptor);
	if (chance_percent(&walk->chance, 50))
		walk_say(walk, 0, "read(%d, ..., %u) = ...", walk->descriptor,
		         chance_percent(&walk->chance, 30) ? 1 : 1000);
	poll_it(walk, 0);
}

/* An urgent byte comes, and the program asks for it in a few ways. */
static void program_meets_urgent(struct walk *walk)
{
	if (chance_percent(&walk->chance, 25))
		walk_say(walk, 0, "setsockopt(%d, SOL_SOCKET, SO_OOBINLINE, [1], 4) = 0",
		         walk->descriptor);
	peer_is_urgent(walk);
	for (unsigned times = 1 + chance_below(&walk->chance, 3); times > 0; times--)
		if (chance_percent(&walk->chance, 50))
			program_takes_urgent(walk);
		else
			program_looks_for_mark(walk);
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
		belief_calls(&walk->belief, walk->aborts ? CALL_LINGER : CALL_CLOSE);
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

static void program_sets_service(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "setsockopt(%d, %s, [%u], 4) = 0", walk->descriptor,
	         walk->belief.habits.ipv6 ? "SOL_IPV6, IPV6_TCLASS" : "SOL_IP, IP_TOS",
	         4 + 4 * chance_below(&walk->chance, 20));
}

static void program_sets(struct walk *walk)
{
	static const char *const of_linux[] = {
		"IPPROTO_TCP, TCP_NODELAY, [1], 4",  "IPPROTO_TCP, TCP_CORK, [1], 4",
		"IPPROTO_TCP, TCP_CORK, [0], 4",     "IPPROTO_TCP, TCP_LINGER2, [-1], 4",
		"IPPROTO_TCP, TCP_LINGER2, [3], 4",  "IPPROTO_TCP, TCP_LINGER2, [100], 4",
		"IPPROTO_TCP, TCP_QUICKACK, [1], 4", "IPPROTO_TCP, TCP_USER_TIMEOUT, [1000], 4",
		"SOL_SOCKET, SO_KEEPALIVE, [1], 4",  "SOL_SOCKET, SO_OOBINLINE, [1], 4",
	};
	static const char *const plain[] = {
		"IPPROTO_TCP, TCP_NODELAY, [1], 4",
		"IPPROTO_TCP, TCP_KEEPIDLE, [1], 4",
		"SOL_SOCKET, SO_KEEPALIVE, [1], 4",
	};
	bool is_plain = walk->belief.habits.plain;

	if (!is_plain && !walk->belief.habits.mapped && chance_percent(&walk->chance, 20)) {
		program_sets_service(walk);
		return;
	}
	unsigned count =
		is_plain ? sizeof(plain) / sizeof(*plain) : sizeof(of_linux) / sizeof(*of_linux);
	const char *const *options = is_plain ? plain : of_linux;

	walk_say(walk, walk_pause(walk), "setsockopt(%d, %s) = ...", walk->descriptor,
	         options[chance_below(&walk->chance, count)]);
}

/* Probes after a second, each second, and an end after two of them. */
static void program_keeps_alive(struct walk *walk)
{
	static const char *const options[] = {
		"IPPROTO_TCP, TCP_KEEPIDLE, [1], 4",
		"IPPROTO_TCP, TCP_KEEPINTVL, [1], 4",
		"IPPROTO_TCP, TCP_KEEPCNT, [2], 4",
		"SOL_SOCKET, SO_KEEPALIVE, [1], 4",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		walk_say(walk, i == 0 ? walk_pause(walk) : 0, "setsockopt(%d, %s) = 0",
		         walk->descriptor, options[i]);
}

static void listener_closes(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "close(3) = 0");
	walk->shared.listens = walk->belief.listening = false;
}

/* Another socket, with the same port, or one like it; sometimes it listens, or one of them goes. */
static void program_binds(struct walk *walk)
{
	enum { FIRST = 40, MOST = 6 };
	static const char *const four[] = { "0.0.0.0", "127.0.0.1", "127.0.0.2" };
	static const char *const six[] = { "::", "::1", "::ffff:127.0.0.1" };
	struct chance *chance = &walk->chance;
	int number = FIRST + (walk->base - 4) / 2 * MOST + walk->others;
	/* Walks that come later may want the port for their listener. */
	bool begun = walk->shared.listens || walk->last;
	bool own = chance_percent(chance, 40) && begun, is_six = chance_percent(chance, 40);
	unsigned port = chance_percent(chance, 40) && begun ? 8080 : 8090;
	unsigned which = chance_below(chance, 3);

	if (walk->others == MOST)
		return;
	walk->others++;
	walk->shared.others++;
	walk_say(walk, 0, "socket(%s, SOCK_STREAM, IPPROTO_TCP) = %d",
	         own      ? "..."
	         : is_six ? "AF_INET6"
	                  : "AF_INET",
	         number);
	if (is_six && !own && chance_percent(chance, 40))
		walk_say(walk, 0, "setsockopt(%d, SOL_IPV6, IPV6_V6ONLY, [1], 4) = 0", number);
	if (chance_percent(chance, 50))
		walk_say(walk, 0, "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0", number);
	if (chance_percent(chance, 35))
		walk_say(walk, 0, "setsockopt(%d, SOL_SOCKET, SO_REUSEPORT, [1], 4) = 0", number);
	if (own)
		walk_say(walk, 0, "bind(%d, ..., ...) = ...", number);
	else if (is_six)
		walk_say(walk, 0,
		         "bind(%d, {sa_family=AF_INET6, sin6_port=htons(%u), "
		         "sin6_addr=inet6_addr(\"%s\")}, ...) = ...",
		         number, port, six[which]);
	else
		walk_say(walk, 0,
		         "bind(%d, {sa_family=AF_INET, sin_port=htons(%u), "
		         "sin_addr=inet_addr(\"%s\")}, ...) = ...",
		         number, port, four[which]);
	if (port != 8080 && !own && chance_percent(chance, 40))
		walk_say(walk, 0, "listen(%d, 1) = ...", number);
}

static void program_binds_several(struct walk *walk)
{
	for (unsigned times = 2 + chance_below(&walk->chance, 4); times > 0; times--)
		program_binds(walk);
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

static void epoll_it(struct walk *walk, usec_t wait)
{
	for (unsigned i = 0; i < walk->set_count; i++)
		walk_say(walk, i == 0 ? wait : 0, "epoll_wait(%d, ..., 1, 0) = ...", walk->sets[i]);
}

/* Each reason is asked for, and then what has none. */
static void look_at_signals(struct walk *walk)
{
	static const char *const reasons[] = {
		"POLL_IN, POLLIN|POLLRDNORM", "POLL_OUT, POLLOUT|POLLWRNORM|POLLWRBAND",
		"POLL_ERR, POLLERR",          "POLL_PRI, POLLPRI|POLLRDBAND",
		"POLL_HUP, POLLHUP|POLLERR",
	};

	walk_say(walk, 0, "signal(SIGURG) = 0~1000");
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		walk_say(walk, 0, "signal(SIGIO, %s) = 0~1000", reasons[i]);
	walk_say(walk, 0, "signal(SIGIO) = 0~1000");
}

static void program_asks(struct walk *walk)
{
	walk_say(walk, walk_pause(walk), "getsockopt(%d, SOL_SOCKET, SO_ERROR, ..., [4]) = 0",
	         walk->descriptor);
}

static void program_looks(struct walk *walk)
{
	if (walk->set_count > 0 && walk->descriptor >= 0 && chance_percent(&walk->chance, 50)) {
		epoll_it(walk, walk_pause(walk));
		return;
	}
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

static bool binds(const struct walk *walk)
{
	/* The next walk wants the port for its listener. */
	bool is_wanted = walk->half_open && !walk->last;

	return !walk->belief.habits.plain && walk->port && !is_wanted;
}

static bool has_listener(const struct walk *walk)
{
	return walk->shared.listens && walk->last;
}

static bool has_flight(const struct walk *walk)
{
	return walk->belief.tcb.snd_nxt - walk->belief.tcb.snd_una > 1 && !walk->apart;
}

/* Not every TCP has urgent data; where there was some, more is asked of it. */
static bool has_urgent(const struct walk *walk)
{
	return walk->urgent && walk->descriptor >= 0;
}

static bool is_connected_of_linux(const struct walk *walk)
{
	return is_connected(walk) && !walk->belief.habits.plain;
}

/* A program has the connection. */
static bool is_served(const struct walk *walk)
{
	return is_connected_of_linux(walk) && walk->descriptor >= 0;
}

/* An ICMP message is about the connection that the line before was about. */
static bool is_current(const struct walk *walk)
{
	return is_connected_of_linux(walk) && walk->others == 0 && walk->belief.tcb.send_known;
}

static bool has_sacked(const struct walk *walk)
{
	return has_flight(walk) && walk->belief.habits.sack;
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
	{  5, has_flight,         peer_shuts_window },
	{  3, is_connected_of_linux, peer_is_urgent },
	{  7, is_current,         network_reports },
	{  4, is_served,          program_meets_urgent },
	{  2, is_of_linux,        program_is_urgent },
	{  1, is_of_linux,        program_looks_for_mark },
	{  1, is_of_linux,        program_takes_urgent },
	{ 10, has_urgent,         program_takes_urgent },
	{ 12, has_urgent,         program_looks_for_mark },
	{  5, has_sacked,         peer_sacks },
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
	{  3, is_of_linux,        program_asks },
	{  2, is_of_linux,        program_keeps_alive },
	{  1, binds,              program_binds_several },
};
/* clang-format on */

enum { MOVES = sizeof(moves) / sizeof(*moves) };

void move_make(struct walk *walk)
{
	unsigned weights[MOVES];

	for (size_t i = 0; i < MOVES; i++)
		weights[i] = moves[i].usable(walk) ? moves[i].weight : 0;
	moves[chance_weighted(&walk->chance, weights, MOVES)].make(walk);
	/* The next thing that wakes a waiter would hide that this one did not. */
	if (walk->set_count > 0 && walk->descriptor >= 0 && chance_percent(&walk->chance, 60))
		epoll_it(walk, 0);
	if (walk->signalled && walk->descriptor >= 0 && chance_percent(&walk->chance, 80))
		look_at_signals(walk);
}

/* A few moves that lead to one of the states of closing. */
void moves_close(struct walk *walk)
{
	static const struct {
		void (*first)(struct walk *walk);
		void (*second)(struct walk *walk);
	} ways[] = {
		{ program_closes, NULL },
		{ program_closes, peer_acks },
		{ program_shuts, peer_acks },
		{ program_closes, peer_closes_too },
		{ program_shuts, NULL },
		{ program_shuts, peer_closes_too },
		{ peer_closes, program_closes },
		{ peer_closes, program_shuts },
		{ peer_closes, NULL },
		{ program_closes, peer_closes },
		{ program_writes, program_closes },
		{ program_writes, program_shuts },
		{ program_writes, peer_shuts_window },
	};
	unsigned way = chance_below(&walk->chance, sizeof(ways) / sizeof(*ways));

	if (walk->descriptor < 0)
		return;
	ways[way].first(walk);
	if (ways[way].second)
		ways[way].second(walk);
}

/* What was counted of all connections of the script. */
static void look_at_counters(struct walk *walk)
{
	static const char *const names[] = {
		"EstabResets",      "CurrEstab",     "OutRsts",          "ActiveOpens",
		"AttemptFails",     "EmbryonicRsts", "TCPAbortOnClose",  "TCPAbortOnData",
		"TCPSYNChallenge",  "PAWSEstab",     "TCPAbortOnLinger", "TCPAbortOnTimeout",
		"OutOfWindowIcmps",
	};
	enum { NAMES = sizeof(names) / sizeof(*names) };
	unsigned first = chance_below(&walk->chance, NAMES);

	/* All of them by the end of a script, of which each walk looks at a few. */
	for (unsigned i = 0; i < NAMES; i += walk->last ? 1 : 4)
		walk_say(walk, 0, "counter(%s) = 0~1000", names[(first + i) % NAMES]);
}

void moves_end(struct walk *walk)
{
	/* What is owed is owed by then: half a second (MUST-40), and what the machine delays. */
	const usec_t enough = 800 * USEC_PER_MSEC;

	look(walk, 0);
	walk->left += 2 * enough;
	if (walk->descriptor >= 0) {
		if (walk->signalled)
			look_at_signals(walk);
		epoll_it(walk, 0);
		poll_it(walk, 0);
		if (!walk->belief.habits.plain && chance_percent(&walk->chance, 40))
			walk_say(walk, 0, "ioctl(%d, SIOCINQ, ...) = ...", walk->descriptor);
		walk_say(walk, 0, "read(%d, ..., 100000) = ...", walk->descriptor);
		belief_reads(&walk->belief);
	}
	if (!walk->apart)
		peer_acks(walk);
	look(walk, walk->patient ? 5 * USEC_PER_SEC : enough);
	if (!walk->belief.habits.plain) {
		look_at_counters(walk);
	}
	if (walk->patient && chance_percent(&walk->chance, 50)) {
		/* What ends by itself has ended. */
		walk->left += 70 * USEC_PER_SEC;
		look(walk, 70 * USEC_PER_SEC);
	}
	/* Nobody accepts what it left; the next walk has a listener of its own. */
	if (walk->half_open && !walk->last) {
		listener_closes(walk);
		return;
	}
	/* What is said without ports is from then on about the new sockets. */
	if (walk->belief.habits.plain || !chance_percent(&walk->chance, walk->last ? 25 : 8))
		return;
	/* Connections keep the port of a listener that has gone. */
	if (has_listener(walk) && chance_percent(&walk->chance, 70))
		listener_closes(walk);
	program_binds_several(walk);
}
