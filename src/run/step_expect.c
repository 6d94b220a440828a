#include "run/step_expect.h"

#include "run/arrivals.h"
#include "run/comparison.h"
#include "run/elsewhere.h"
#include "run/extra.h"
#include "run/look.h"
#include "run/side.h"
#include "run/tell.h"
#include "run/wait.h"
#include "verdict/mend.h"

/*
 * Waits for the next packet of a connection. Returns false when the run is over; *queued is NULL
 * when none came in time.
 */
static bool await_packet(struct running *run, const struct connection *connection, usec_t deadline,
                         struct queued **queued)
{
	bool time_is_up = false;

	while (!(*queued = packet_next(run, connection)) && !time_is_up)
		if (!run_wait_event(run, deadline, &time_is_up))
			return false;
	if (!*queued)
		*queued = packet_next(run, connection);
	return true;
}

/* With a real peer: what one end acknowledges of the other's stream is part of its own. */
static bool acknowledges_on(const struct packet_want *want)
{
	return want->until_end && !(want->check & 1u << FIELD_ACKNOWLEDGMENT);
}

/*
 * A line may stand for several packets, which the kernel cuts as it likes (GSO). The next packet
 * must continue where this one ends, with the same ACK. The whole has the header of its last part,
 * but the beginning and the CWR of its first. packetdrill does the same.
 */
static bool absorb_next(const struct packet_want *want, struct segment *whole,
                        const struct segment *next)
{
	const struct tcp_header first = whole->tcp, *last = &next->tcp;
	bool acks_alone = acknowledges_on(want);
	const uint16_t may_differ = TCP_FIN | TCP_PSH | TCP_CWR;

	if (next->protocol != IPPROTO_TCP || first.flags & TCP_FIN ||
	    (!next->payload_length && !(want->until_end && last->flags & TCP_FIN) && !acks_alone) ||
	    last->sequence != first.sequence + whole->payload_length ||
	    (last->acknowledgment != first.acknowledgment && !acks_alone) ||
	    (first.flags & ~may_differ) != (last->flags & ~may_differ))
		return false;
	whole->payload_length += next->payload_length;
	whole->tcp = *last;
	whole->tcp.sequence = first.sequence;
	whole->tcp.flags = (last->flags & ~TCP_CWR) | (first.flags & TCP_CWR);
	return true;
}

/* A wanted packet whose end cannot be seen ends when its time is over. */
static bool lasts_its_time(const struct packet_want *want)
{
	return want->until_end && !(want->segment.tcp.flags & TCP_FIN);
}

/* Which of many packets has PSH depends on how they were cut. */
static void leave_out_push(const struct packet_want *want, struct segment *whole)
{
	if (want->until_end && whole->protocol == IPPROTO_TCP)
		whole->tcp.flags =
			(whole->tcp.flags & ~TCP_PSH) | (want->segment.tcp.flags & TCP_PSH);
}

/* Tells whether a line that has seen this much wants more. */
static bool wants_more(const struct running *run, const struct packet_want *want,
                       const struct segment *seen)
{
	if (want->segment.protocol != IPPROTO_TCP || seen->protocol != IPPROTO_TCP)
		return false;
	if (want->until_end)
		return !(seen->tcp.flags & (TCP_FIN | TCP_RST));
	return !run->settings->strict_segments && want->check & 1u << FIELD_LENGTH &&
	       (seen->payload_length || run->settings->loose_segments) &&
	       seen->payload_length < want->segment.payload_length;
}

/* With a real peer: what an end sends again of what the line has already is no more of it. */
static bool is_again(const struct running *run, const struct packet_want *want,
                     const struct segment *whole, const struct segment *next)
{
	uint32_t begins = next->tcp.sequence - whole->tcp.sequence;

	return run->settings->real_peer && want->until_end && next->protocol == IPPROTO_TCP &&
	       next->payload_length && !(next->tcp.flags & (TCP_FIN | TCP_SYN | TCP_RST)) &&
	       begins + next->payload_length <= whole->payload_length;
}

static bool aggregate(struct running *run, const struct packet_want *want, struct queued *first,
                      usec_t deadline)
{
	if (lasts_its_time(want))
		deadline = run->timing.until;
	while (wants_more(run, want, &first->live.segment)) {
		struct queued *next = NULL;
		bool time_is_up = false;

		while (!next && !time_is_up) {
			for (next = first->next; next && next->connection != first->connection;)
				next = next->next;
			if (!next && !run_wait_event(run, deadline, &time_is_up))
				return false;
		}
		if (!next || next->bad ||
		    (!is_again(run, want, &first->live.segment, &next->live.segment) &&
		     !absorb_next(want, &first->live.segment, &next->live.segment)))
			return true;
		if (next->live.segment.payload_captured)
			first->live.segment.payload_captured = next->live.segment.payload_captured,
			first->live.segment.payload = next->live.segment.payload;
		first->last = next->at;
		if (first->part_count < PARTS_MAX)
			first->parts[first->part_count] = next->event;
		first->part_count++;
		queue_remove(&run->queue, next);
	}
	return true;
}

static bool check_time(struct running *run, const struct step *step, const struct queued *queued)
{
	usec_t first = run->settings->loose_segments ? queued->last : queued->at;
	usec_t tolerance = timing_tolerance_of_step(&run->timing);

	/* What a call sends, it may send at its beginning, however long it takes to return. */
	usec_t earliest = run->timing.due - tolerance -
	                  (step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE
	                           ? 0
	                           : run->timing.previous.took);
	if (step->time == TIME_ANY ||
	    (first >= earliest && queued->last <= run->timing.until + tolerance))
		return true;
	usec_t at = first < earliest ? first : queued->last;
	bool absolute = step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE;
	edits_add_time(&run->teller.evidence->edits, step->time_where, absolute,
	               at - (absolute ? 0 : run->timing.previous.over),
	               trace_quiet_before(&run->teller.evidence->trace, queued->event), tolerance);
	usec_t off = at < run->timing.due ? run->timing.due - at : at - run->timing.until;
	if (!run->settings->non_fatal_packet) {
		run->teller.evidence->off = at < earliest ? earliest - at : off - tolerance;
		run->teller.evidence->early = at < earliest;
		run->teller.evidence->late_kernel = run->lateness.kernel;
	}
	if (run->timing.until > run->timing.due)
		return run_fail_or_warn(
			run, run->settings->non_fatal_packet, step->where, step->time_where,
			"the segment came at %.6f s, %.6f s too %s: wanted from %.6f to %.6f s "
			"(tolerance %.4f)",
			(double)at / USEC_PER_SEC, (double)off / USEC_PER_SEC,
			at < run->timing.due ? "early" : "late",
			(double)run->timing.due / USEC_PER_SEC,
			(double)run->timing.until / USEC_PER_SEC, (double)tolerance / USEC_PER_SEC);
	return run_fail_or_warn(
		run, run->settings->non_fatal_packet, step->where, step->time_where,
		"the segment came at %.6f s, %.6f s too %s: wanted at %.6f s (tolerance %.4f)",
		(double)at / USEC_PER_SEC, (double)off / USEC_PER_SEC,
		at < run->timing.due ? "early" : "late", (double)run->timing.due / USEC_PER_SEC,
		(double)tolerance / USEC_PER_SEC);
}

static bool wrong_packet(struct running *run, const struct step *step, const struct queued *queued,
                         const struct comparison *nearest)
{
	struct range where = step->where;

	for (size_t i = nearest->mismatches.count; i-- > 0;)
		if (nearest->mismatches.list[i].where.end)
			where = nearest->mismatches.list[i].where;
	run->teller.evidence->mismatches = nearest->mismatches;
	packet_note(run, nearest->want, &nearest->seen, queued);
	mend_packet(nearest->want, &nearest->seen, &nearest->mismatches,
	            &run->teller.evidence->edits);
	return run_fail_or_warn(run, run->settings->non_fatal_packet, step->where, where,
	                        step->packet->alternative
	                                ? "the kernel's segment is none of those wanted"
	                                : "the kernel's segment is not the one wanted");
}

static bool check_flow_label(struct running *run, const struct step *step,
                             const struct connection *connection, const struct packet_want *want,
                             const struct queued *queued)
{
	const char *wrong = connection_flow_label_wrong(connection, want, &queued->live);

	return !wrong || run_fail_or_warn(run, run->settings->non_fatal_packet, step->where,
	                                  packet_where(want, FIELD_FLOW_LABEL), "%s", wrong);
}

/*
 * The connection learns from the packet only when it was the line's, or when the mismatch is only a
 * warning.
 */
static bool check_packet(struct running *run, const struct step *step,
                         struct connection *connection, struct queued *queued,
                         struct script_segment *seen)
{
	struct connections *connections = side_connections(run, queued->far);
	struct comparison nearest;

	comparison_nearest(run, connection, step->packet, queued, &nearest);
	*seen = nearest.seen;
	if (queued->connection != connection) {
		connection_adopt(connection, &queued->live);
		packet_give(run, queued, connection);
	}
	if (!nearest.same) {
		if (!wrong_packet(run, step, queued, &nearest))
			return false;
		connection_learn(connections, connection, nearest.want, &queued->live);
		return true;
	}
	packet_note(run, nearest.want, seen, queued);
	if (!check_flow_label(run, step, connection, nearest.want, queued))
		return false;
	connection_learn(connections, connection, nearest.want, &queued->live);
	if (!check_time(run, step, queued))
		return false;
	packet_forget(run);
	return true;
}

/* How far a packet came from the time of its line. */
static usec_t lateness(const struct running *run, const struct step *step, usec_t at)
{
	if (step->time == TIME_ANY)
		return 0;
	return at < run->timing.due     ? at - run->timing.due
	       : at > run->timing.until ? at - run->timing.until
	                                : 0;
}

static void mark_expected(struct running *run, const struct queued *queued,
                          const struct script_segment *seen, const struct step *step)
{
	struct trace *trace = &run->teller.evidence->trace;
	struct event *event = trace_at(trace, queued->event), *part;

	for (unsigned i = 0; i < queued->part_count && i < PARTS_MAX; i++) {
		part = trace_at(trace, queued->parts[i]);
		if (part)
			part->where = step->where;
	}
	if (!event)
		return;
	event->where = step->where;
	event->late = lateness(run, step, queued->at);
	/* Where any time is good, nobody knows which would have been the first. */
	lateness_note_kernel(&run->lateness,
	                     step->time == TIME_ANY ? USEC_PER_SEC : queued->at - run->timing.due);
	/* In the script's numbers, which may be known only now; as long as it came by itself. */
	struct segment came = event->segment;
	segment_keep(&event->segment, &seen->segment, event->outer);
	event->counted_from = queued->live.segment.tcp.sequence - seen->segment.tcp.sequence;
	event->segment.payload_length = came.payload_length;
	event->segment.tcp.flags = came.tcp.flags;
}

static size_t steps_after(const struct running *run, const struct step *step)
{
	return (size_t)(run->program->steps + run->program->count - step) - 1;
}

static bool no_packet(struct running *run, const struct step *step)
{
	struct edits *edits = &run->teller.evidence->edits;
	const struct queued *other = packet_left(run), *wanted = other;

	while (wanted && !elsewhere_is(run, step, wanted))
		wanted = wanted->next;
	if (wanted)
		return elsewhere_fail(run, step, wanted);
	if (other)
		packet_note_other(run, step->packet, other);
	else
		packet_note(run, step->packet, NULL, NULL);
	if (other && !other->connection)
		edits_give_up(edits, step->where);
	extra_leave_out(run, step);
	/* Where only segments are to come, that one did not makes no difference to them. */
	if (run->settings->bless && step->expects_after == steps_after(run, step)) {
		timing_over(&run->timing, run->timing.previous.over);
		return true;
	}
	edits->cut_short = true;
	return run_fail(run, step->where, step->where, "the kernel sent no segment%s",
	                other ? " on this connection" : "");
}

/*
 * Tells whether the next packet is the one that may be missing. Another packet is left for later
 * lines.
 */
static bool is_the_optional(const struct running *run, const struct step *step,
                            const struct connection *connection, const struct queued *queued)
{
	struct comparison nearest;

	if (!queued || queued->bad)
		return false;
	comparison_nearest(run, connection, step->packet, queued, &nearest);
	return nearest.same;
}

/*
 * The packet was missing. A connection that the line began is removed again, unless something else
 * belongs to it.
 */
static bool leave_out(struct running *run, struct connections *connections,
                      const struct connections *before)
{
	for (const struct queued *q = run->queue.first; q; q = q->next)
		if (q->connection && q->connection == connections->first)
			return true;
	connections_restore(connections, before);
	return true;
}

/* ---- a script that is to be written ---- */

/* The first packet that is just what the line wants, behind others of its connection. */
static bool is_behind(const struct running *run, const struct step *step,
                      const struct connection *connection, const struct queued *first)
{
	struct comparison nearest;

	for (const struct queued *q = first->next; q; q = q->next) {
		if (q->bad || q->connection != connection)
			continue;
		comparison_nearest(run, connection, step->packet, q, &nearest);
		if (nearest.same)
			return true;
	}
	return false;
}

/* Is it what a later line wants, with nothing to be done before that? */
static bool is_for_later(const struct running *run, const struct step *step,
                         const struct connection *connection, const struct queued *packet)
{
	const struct step *end = run->program->steps + run->program->count;
	struct comparison nearest;

	for (step++; step < end && step->kind == STEP_EXPECT; step++) {
		comparison_nearest(run, connection, step->packet, packet, &nearest);
		if (nearest.same)
			return true;
	}
	return false;
}

enum part { PART_TAKEN, PART_NONE, PART_BROKEN };

/*
 * Which packet is the line's: those that came before, or that stand before the one that the line
 * wants, get lines of their own; and none is when it is a later line's.
 */
static enum part choose_packet(struct running *run, const struct step *step,
                               struct connection *connection, usec_t deadline,
                               struct queued **packet)
{
	usec_t in_time = run->timing.until + timing_tolerance_of_step(&run->timing);
	struct comparison nearest;
	bool time_is_up = false;

	while (*packet && !(*packet)->bad) {
		if (extra_is_early(run, step, *packet)) {
			extra_take(run, *packet);
			if (!await_packet(run, connection, deadline, packet))
				return PART_BROKEN;
			continue;
		}
		comparison_nearest(run, connection, step->packet, *packet, &nearest);
		if (nearest.same)
			return PART_TAKEN;
		if (is_behind(run, step, connection, *packet)) {
			extra_take(run, *packet);
			*packet = packet_next(run, connection);
			continue;
		}
		if (is_for_later(run, step, connection, *packet))
			return PART_NONE;
		if (time_is_up || step->time == TIME_ANY ||
		    comparison_is_alike(run, connection, step->packet, *packet))
			return PART_TAKEN;
		if (!run_wait_event(run, in_time, &time_is_up))
			return PART_BROKEN;
	}
	return PART_TAKEN;
}

/* The step is over without a packet. */
static bool pass_over(struct running *run, const struct step *step)
{
	extra_leave_out(run, step);
	run->teller.evidence->let_pass_count++;
	timing_over(&run->timing, run->timing.previous.over);
	return true;
}

/* A SYN that has come, and that no line has had yet, is what a line without ports means. */
static struct connection *connection_of(struct running *run, struct connections *connections,
                                        const struct packet_want *want)
{
	bool any_syn = run->settings->real_peer && !want->has_ports &&
	               want->segment.protocol == IPPROTO_TCP && want->segment.tcp.flags == TCP_SYN;

	for (const struct queued *q = any_syn ? run->queue.first : NULL; q; q = q->next)
		if (q->far == want->from_peer && q->connection &&
		    q->live.segment.tcp.flags == TCP_SYN)
			return q->connection;
	return connection_of_line(connections, want, false);
}

/* How long behind its time a segment is waited for, to tell how late it came. */
static usec_t grace_of(const struct running *run)
{
	/*
	 * Not a second: that is when a SYN-ACK is sent again (RFC 6298, 2), which would be seen
	 * or not by chance.
	 */
	enum { GRACE = 1200 * USEC_PER_MSEC, SHORT = 150 * USEC_PER_MSEC };

	return run->settings->hasty ? SHORT : GRACE;
}

bool step_expect(struct running *run, const struct step *step)
{
	struct connections *connections = side_connections(run, step->packet->from_peer);
	const struct connections before = *connections;
	struct connection *connection = connection_of(run, connections, step->packet);
	struct queued *queued;
	struct script_segment seen;
	bool optional = step->packet->optional;

	usec_t in_time = step->time == TIME_ANY
	                         ? USEC_FOREVER
	                         : run->timing.until + timing_tolerance_of_step(&run->timing);
	usec_t deadline = in_time + (optional || in_time == USEC_FOREVER ? 0 : grace_of(run));
	run_about_connection(run, connection);
	packets_adopt(run);
	if (!await_packet(run, connection, deadline, &queued))
		return false;
	if (optional && !is_the_optional(run, step, connection, queued))
		return leave_out(run, connections, &before);
	if (run->settings->bless && !optional) {
		enum part part = choose_packet(run, step, connection, deadline, &queued);

		if (part != PART_TAKEN)
			return part == PART_NONE && pass_over(run, step);
	}
	if (!queued)
		return no_packet(run, step);
	if (queued->bad)
		return packet_bad(run, queued, step->where);
	if (!aggregate(run, step->packet, queued, run->settings->bless ? in_time : deadline))
		return false;
	leave_out_push(step->packet, &queued->live.segment);
	bool good = check_packet(run, step, connection, queued, &seen);
	mark_expected(run, queued, &seen, step);
	if (!good)
		return false;
	usec_t over = lasts_its_time(step->packet) ? run->timing.until : queued->last;
	timing_over(&run->timing,
	            over > run->timing.previous.over ? over : run->timing.previous.over);
	queue_remove(&run->queue, queued);
	lateness_held(&run->lateness);
	return true;
}
