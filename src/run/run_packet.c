/* Packets: injected ones, and those of the kernel against the lines that expect them. */
#include "run/running.h"

#include <stdio.h>
#include <string.h>

#include "verdict/match.h"
#include "wire/tcp_md5.h"
#include "wire/tcp_options.h"

/* "md5 valid": the digest of a segment, into options. */
static void sign(const struct running *run, const struct segment *live, uint8_t *options,
                 size_t length)
{
	uint8_t digest[TCP_MD5_BYTES];

	tcp_md5_digest(live, run->settings->md5_secret, digest);
	tcp_md5_put(options, length, digest);
}

/* ---- in ---- */

bool step_inject(struct running *run, const struct step *step)
{
	const struct packet_want *want = step->packet;
	struct connection *connection = connection_of_line(&run->connections, want, true);
	struct segment live;

	usec_t at;
	if (!connection_to_live(&run->connections, connection, want, &live)) {
		uint32_t value = 0, echo = 0;

		tcp_timestamp_get(&want->segment.tcp, &value, &echo);
		return run_end(run, VERDICT_ERROR, step->where,
		               "the kernel sent no segment whose TS value is %u here, so it cannot "
		               "be echoed",
		               echo);
	}
	if (want->md5_valid)
		sign(run, &live, live.tcp.options, live.tcp.options_length);
	if (!run->host->ops->inject(run->host, &live, &at))
		return run_end(run, VERDICT_INVALID, step->where, "%s", run->host->error);
	run->stirred = true;
	at -= run->start;
	run_note_lateness(run, at);
	run->over = at;
	struct event *event = run_event(run, EVENT_INJECTED, step->where, at);
	event->late = at - run->due;
	event->connection = connection->number;
	segment_keep(&event->segment, &want->segment, event->outer);
	if (want->md5_valid)
		sign(run, &live, event->segment.tcp.options, event->segment.tcp.options_length);
	struct segment counted = want->segment;
	connection_to_flow(connection, &live, true, &counted);
	flow_injected(&connection->flow, &counted, at);
	run_tell(run, event);
	return true;
}

/* ---- out: arriving ---- */

/* Payload that is all zero needs no memory; other payload is kept. */
static void keep_payload(struct running *run, struct segment *segment)
{
	const uint8_t *bytes = segment->payload;
	uint32_t n = segment->payload_captured;

	while (n && bytes[n - 1] == 0)
		n--;
	segment->payload_captured = n;
	segment->payload = n ? arena_memdup(run->arena, bytes, n) : NULL;
	segment->outer = arena_memdup(run->arena, segment->outer, segment->outer_length);
}

static struct queued *queue_add(struct running *run)
{
	struct queued *queued = run->queue_free;

	if (queued)
		run->queue_free = queued->next;
	else
		queued = arena_alloc(run->arena, sizeof(*queued));
	queued->next = NULL;
	*run->queue_end = queued;
	run->queue_end = &queued->next;
	return queued;
}

static void queue_remove(struct running *run, struct queued *queued)
{
	struct queued **link = &run->queue;

	while (*link != queued)
		link = &(*link)->next;
	*link = queued->next;
	if (!*link)
		run->queue_end = link;
	queued->next = run->queue_free;
	run->queue_free = queued;
}

/* The packet is the connection's: its event says so, and the flow is told of it. */
static void give_to_connection(struct running *run, struct queued *queued,
                               struct connection *connection)
{
	struct event *event = trace_at(&run->verdict->trace, queued->event);
	struct segment script;

	queued->connection = connection;
	connection_to_script(connection, &queued->live, &script);
	if (event) {
		segment_keep(&event->segment, &script, event->outer);
		event->connection = connection->number;
	}
	connection_to_flow(connection, &queued->live, false, &script);
	flow_classify(&connection->flow, &script, queued->at, queued->classified,
	              sizeof(queued->classified));
	flow_sent(&connection->flow, &script, queued->at);
	if (event)
		memcpy(event->classified, queued->classified, sizeof(event->classified));
}

void packet_arrived(struct running *run, const struct host_packet *packet)
{
	struct queued *queued = queue_add(run);
	struct queued *next = queued->next;

	*queued = (struct queued){ .live = packet->segment,
		                   .at = packet->at - run->start,
		                   .last = packet->at - run->start,
		                   .bad = packet->bad,
		                   .next = next };
	run->stirred = true;
	if (!packet->bad && packet->segment.fixed & (FIXED_CHECKSUM | FIXED_IP_CHECKSUM))
		queued->bad = "the checksum is wrong";
	if (queued->bad)
		return;
	keep_payload(run, &queued->live);
	queued->event = run->verdict->trace.count;
	struct event *event = run_event(run, EVENT_SENT, (struct range){ 0, 0 }, queued->at);
	segment_keep(&event->segment, &queued->live, event->outer);
	struct connection *connection = connection_of_packet(&run->connections, &queued->live);
	if (connection)
		give_to_connection(run, queued, connection);
	run_tell(run, event);
}

/* ---- out: wanted ---- */

/* A line may have begun a connection whose first packet came before, from a program's socket. */
static void adopt_strangers(struct running *run)
{
	for (struct queued *q = run->queue; q; q = q->next) {
		struct connection *connection = NULL;

		if (!q->bad && !q->connection)
			connection = connection_of_packet(&run->connections, &q->live);
		if (connection)
			give_to_connection(run, q, connection);
	}
}

/* The next packet that may be the connection's. */
static struct queued *queue_find(const struct running *run, const struct connection *connection)
{
	for (struct queued *q = run->queue; q; q = q->next)
		if (q->bad || q->connection == connection ||
		    connection_may_adopt(connection, q->connection, &q->live))
			return q;
	return NULL;
}

/* Waits for the next packet of a connection. False with *queued NULL when none came in time. */
static bool await_packet(struct running *run, const struct connection *connection, usec_t deadline,
                         struct queued **queued)
{
	bool time_is_up = false;

	while (!(*queued = queue_find(run, connection)) && !time_is_up)
		if (!run_wait_event(run, deadline, &time_is_up))
			return false;
	if (!*queued)
		*queued = queue_find(run, connection);
	return true;
}

/*
 * One line may stand for several packets, cut where the kernel liked (GSO): the next one goes on
 * where this one ends, with the same ACK. The whole has the header of its last part, but begins,
 * and says CWR, with its first: so does packetdrill.
 */
static bool absorb_next(struct segment *whole, const struct segment *next)
{
	const struct tcp_header first = whole->tcp, *last = &next->tcp;
	const uint16_t may_differ = TCP_FIN | TCP_PSH | TCP_CWR;

	if (next->protocol != IPPROTO_TCP || !next->payload_length || first.flags & TCP_FIN ||
	    last->sequence != first.sequence + whole->payload_length ||
	    last->acknowledgment != first.acknowledgment ||
	    (first.flags & ~may_differ) != (last->flags & ~may_differ))
		return false;
	whole->payload_length += next->payload_length;
	whole->tcp = *last;
	whole->tcp.sequence = first.sequence;
	whole->tcp.flags = (last->flags & ~TCP_CWR) | (first.flags & TCP_CWR);
	return true;
}

static bool aggregate(struct running *run, const struct packet_want *want, struct queued *first,
                      usec_t deadline)
{
	uint32_t wanted = want->segment.payload_length;

	if (run->settings->strict_segments || want->segment.protocol != IPPROTO_TCP ||
	    !(want->check & 1u << FIELD_LENGTH))
		return true;
	while ((first->live.payload_length || run->settings->loose_segments) &&
	       first->live.payload_length < wanted) {
		struct queued *next = NULL;
		bool time_is_up = false;

		while (!next && !time_is_up) {
			for (next = first->next; next && next->connection != first->connection;)
				next = next->next;
			if (!next && !run_wait_event(run, deadline, &time_is_up))
				return false;
		}
		if (!next || next->bad || !absorb_next(&first->live, &next->live))
			return true;
		if (next->live.payload_captured)
			first->live.payload_captured = next->live.payload_captured,
			first->live.payload = next->live.payload;
		first->last = next->at;
		queue_remove(run, next);
	}
	return true;
}

static void note_packets(struct running *run, const struct packet_want *want,
                         const struct segment *seen, const char *classified)
{
	struct verdict *verdict = run->verdict;

	if (run->failed)
		return;
	verdict->has_want = want != NULL;
	if (want)
		verdict->want = *want;
	verdict->has_seen = seen != NULL;
	if (seen)
		segment_keep(&verdict->seen, seen, verdict->seen_outer);
	snprintf(verdict->classified, sizeof(verdict->classified), "%s", classified);
}

static bool check_time(struct running *run, const struct step *step, const struct queued *queued)
{
	usec_t first = run->settings->loose_segments ? queued->last : queued->at;
	usec_t tolerance = run_tolerance(run, run->due - run->previous_over);

	/* What a call sends it may send at its beginning, however long it takes to come back. */
	usec_t earliest = run->due - tolerance -
	                  (step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE
	                           ? 0
	                           : run->previous_took);
	if (step->time == TIME_ANY || (first >= earliest && queued->last <= run->until + tolerance))
		return true;
	usec_t at = first < earliest ? first : queued->last;
	usec_t off = at < run->due ? run->due - at : at - run->until;
	if (!run->settings->non_fatal_packet)
		run->verdict->off = at < earliest ? earliest - at : off - tolerance;
	if (run->until > run->due)
		return run_fail_or_warn(
			run, run->settings->non_fatal_packet, step->where, step->time_where,
			"the segment came at %.6f s, %.6f s too %s: wanted from %.6f to %.6f s "
			"(tolerance %.4f)",
			(double)at / USEC_PER_SEC, (double)off / USEC_PER_SEC,
			at < run->due ? "early" : "late", (double)run->due / USEC_PER_SEC,
			(double)run->until / USEC_PER_SEC, (double)tolerance / USEC_PER_SEC);
	return run_fail_or_warn(
		run, run->settings->non_fatal_packet, step->where, step->time_where,
		"the segment came at %.6f s, %.6f s too %s: wanted at %.6f s (tolerance %.4f)",
		(double)at / USEC_PER_SEC, (double)off / USEC_PER_SEC,
		at < run->due ? "early" : "late", (double)run->due / USEC_PER_SEC,
		(double)tolerance / USEC_PER_SEC);
}

/* A packet beside one of the things that its line wants. */
struct comparison {
	const struct packet_want *want;
	bool same;
	struct segment seen; /* in the script's numbers, as if it were the line's */
	struct mismatches mismatches;
};

static struct match_rules rules_of(const struct running *run)
{
	usec_t tolerance = run_tolerance(run, run->due);

	return (struct match_rules){
		.ts_tolerance = run->settings->ts_tick ? tolerance / run->settings->ts_tick : -1,
		.ts_ecr = run->settings->ts_ecr_check,
	};
}

/* Compares; nothing but *comparison changes. */
static void compare(const struct running *run, const struct connection *connection,
                    const struct packet_want *want, const struct queued *queued,
                    struct comparison *comparison)
{
	struct packet_want alike = *want;
	struct tcp_option_bytes options;
	struct connection as_if;
	struct match_rules rules = rules_of(run);

	connection_suppose(connection, want, &queued->live, &as_if, &comparison->seen);
	alike.check &= ~(1u << FIELD_FLOW_LABEL); /* the kernel's stands for the script's */
	if (run->program->payload_open && !want->segment.payload)
		alike.check &= ~(1u << FIELD_PAYLOAD);
	if (want->md5_valid) {
		options = *want->options;
		sign(run, &queued->live, options.bytes, options.length);
		alike.options = &options;
	}
	comparison->want = want;
	comparison->mismatches.count = comparison->mismatches.distance = 0;
	comparison->same = match_packet(&alike, &comparison->seen, &rules, &comparison->mismatches);
}

/* With the alternative that the packet is, or else the one that it is nearest to. */
static void compare_any(const struct running *run, const struct connection *connection,
                        const struct packet_want *first, const struct queued *queued,
                        struct comparison *nearest)
{
	struct comparison other;

	compare(run, connection, first, queued, nearest);
	for (const struct packet_want *want = first->alternative; want && !nearest->same;
	     want = want->alternative) {
		compare(run, connection, want, queued, &other);
		if (other.mismatches.distance < nearest->mismatches.distance)
			*nearest = other;
	}
}

static bool wrong_packet(struct running *run, const struct step *step, const struct queued *queued,
                         const struct comparison *nearest)
{
	struct range where = step->where;

	for (size_t i = nearest->mismatches.count; i-- > 0;)
		if (nearest->mismatches.list[i].where.end)
			where = nearest->mismatches.list[i].where;
	run->verdict->mismatches = nearest->mismatches;
	note_packets(run, nearest->want, &nearest->seen, queued->classified);
	bool warned = run_fail_or_warn(run, run->settings->non_fatal_packet, step->where, where,
	                               step->packet->alternative
	                                       ? "the kernel's segment is none of those wanted"
	                                       : "the kernel's segment is not the one wanted");
	if (!run->failed)
		run->verdict->mismatches.count = 0;
	return warned;
}

static bool check_flow_label(struct running *run, const struct step *step,
                             const struct connection *connection, const struct packet_want *want,
                             const struct queued *queued)
{
	const char *wrong = connection_flow_label_wrong(connection, want, &queued->live);

	return !wrong || run_fail_or_warn(run, run->settings->non_fatal_packet, step->where,
	                                  packet_where(want, FIELD_FLOW_LABEL), "%s", wrong);
}

/* What it tells is learned only when it was the line's, or is let pass as that. */
static bool check_packet(struct running *run, const struct step *step,
                         struct connection *connection, struct queued *queued, struct segment *seen)
{
	struct comparison nearest;

	compare_any(run, connection, step->packet, queued, &nearest);
	*seen = nearest.seen;
	if (queued->connection != connection) {
		connection_adopt(connection, &queued->live);
		give_to_connection(run, queued, connection);
	}
	if (!nearest.same) {
		if (!wrong_packet(run, step, queued, &nearest))
			return false;
		connection_learn(&run->connections, connection, nearest.want, &queued->live);
		return true;
	}
	note_packets(run, nearest.want, seen, queued->classified);
	if (!check_flow_label(run, step, connection, nearest.want, queued))
		return false;
	connection_learn(&run->connections, connection, nearest.want, &queued->live);
	if (!check_time(run, step, queued))
		return false;
	run->verdict->has_want = run->verdict->has_seen = false;
	run->verdict->classified[0] = '\0';
	return true;
}

/* How far from the time of its line a packet came. */
static usec_t lateness(const struct running *run, const struct step *step, usec_t at)
{
	if (step->time == TIME_ANY)
		return 0;
	return at < run->due ? at - run->due : at > run->until ? at - run->until : 0;
}

static void mark_expected(struct running *run, const struct queued *queued,
                          const struct segment *seen, const struct step *step)
{
	struct event *event = trace_at(&run->verdict->trace, queued->event);

	if (!event)
		return;
	event->where = step->where;
	event->late = lateness(run, step, queued->at);
	/* In the script's numbers, which may be known only now; as long as it came by itself. */
	struct segment came = event->segment;
	segment_keep(&event->segment, seen, event->outer);
	event->segment.payload_length = came.payload_length;
	event->segment.tcp.flags = came.tcp.flags;
}

/* A packet in the script's numbers, when it is of a connection. */
static const struct segment *in_script(const struct queued *packet, struct segment *script)
{
	*script = packet->live;
	if (packet->connection)
		connection_to_script(packet->connection, &packet->live, script);
	return script;
}

static bool no_packet(struct running *run, const struct step *step)
{
	const struct queued *other = packet_left(run);
	struct segment seen;

	if (other)
		note_packets(run, step->packet, in_script(other, &seen), other->classified);
	else
		note_packets(run, step->packet, NULL, "");
	return run_fail(run, step->where, step->where, "the kernel sent no segment%s",
	                other ? " on this connection" : "");
}

/* Is the next packet the one that may also not come? What it is not is left for later lines. */
static bool is_the_optional(const struct running *run, const struct step *step,
                            const struct connection *connection, const struct queued *queued)
{
	struct comparison nearest;

	if (!queued || queued->bad)
		return false;
	compare_any(run, connection, step->packet, queued, &nearest);
	return nearest.same;
}

/* It did not come: unless something else came of it, a connection that the line began is none. */
static bool leave_out(struct running *run, const struct connections *before)
{
	for (const struct queued *q = run->queue; q; q = q->next)
		if (q->connection && q->connection == run->connections.first)
			return true;
	connections_restore(&run->connections, before);
	return true;
}

bool step_expect(struct running *run, const struct step *step)
{
	enum { GRACE = USEC_PER_SEC };
	const struct connections before = run->connections;
	struct connection *connection = connection_of_line(&run->connections, step->packet, false);
	struct queued *queued;
	struct segment seen;
	bool optional = step->packet->optional;

	usec_t deadline = step->time == TIME_ANY
	                          ? USEC_FOREVER
	                          : run->until + run_tolerance(run, run->due - run->previous_over) +
	                                    (optional ? 0 : GRACE);
	adopt_strangers(run);
	if (!await_packet(run, connection, deadline, &queued))
		return false;
	if (optional && !is_the_optional(run, step, connection, queued))
		return leave_out(run, &before);
	if (!queued)
		return no_packet(run, step);
	if (queued->bad)
		return run_fail(run, step->where, step->where,
		                "the kernel sent bytes that are no segment: %s", queued->bad);
	if (!aggregate(run, step->packet, queued, deadline))
		return false;
	bool good = check_packet(run, step, connection, queued, &seen);
	mark_expected(run, queued, &seen, step);
	if (!good)
		return false;
	run->over = queued->last > run->previous_over ? queued->last : run->previous_over;
	queue_remove(run, queued);
	return true;
}

/* ---- out: unwanted ---- */

const struct queued *packet_left(const struct running *run)
{
	return run->queue;
}

bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why)
{
	struct segment seen;

	if (packet->bad)
		return run_fail(run, line, line, "the kernel sent bytes that are no segment: %s",
		                packet->bad);
	note_packets(run, NULL, in_script(packet, &seen), packet->classified);
	return run_fail(run, line, line, "the kernel sent a segment at %.6f s: %s",
	                (double)packet->at / USEC_PER_SEC, why);
}
