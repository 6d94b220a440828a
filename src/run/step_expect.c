#include "run/step_expect.h"

#include "run/arrivals.h"
#include "run/comparison.h"
#include "run/elsewhere.h"
#include "run/look.h"
#include "run/side.h"
#include "run/tell.h"
#include "run/wait.h"

/* Waits for the next packet of a connection. False with *queued NULL when none came in time. */
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
 * One line may stand for several packets, cut where the kernel liked (GSO): the next one goes on
 * where this one ends, with the same ACK. The whole has the header of its last part, but begins,
 * and says CWR, with its first: so does packetdrill.
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

/* What has no end that can be seen is over when its time is. */
static bool lasts_its_time(const struct packet_want *want)
{
	return want->until_end && !(want->segment.tcp.flags & TCP_FIN);
}

/* Which packet of many has PSH is a matter of how they were cut. */
static void leave_out_push(const struct packet_want *want, struct segment *whole)
{
	if (want->until_end && whole->protocol == IPPROTO_TCP)
		whole->tcp.flags =
			(whole->tcp.flags & ~TCP_PSH) | (want->segment.tcp.flags & TCP_PSH);
}

/* Does a line that has seen this much want more? */
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
		    !absorb_next(want, &first->live.segment, &next->live.segment))
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

	/* What a call sends it may send at its beginning, however long it takes to come back. */
	usec_t earliest = run->timing.due - tolerance -
	                  (step->time == TIME_ABSOLUTE || step->time == TIME_ABSOLUTE_RANGE
	                           ? 0
	                           : run->timing.previous.took);
	if (step->time == TIME_ANY ||
	    (first >= earliest && queued->last <= run->timing.until + tolerance))
		return true;
	usec_t at = first < earliest ? first : queued->last;
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

/* What it tells is learned only when it was the line's, or is let pass as that. */
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

/* How far from the time of its line a packet came. */
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
	event->segment.payload_length = came.payload_length;
	event->segment.tcp.flags = came.tcp.flags;
}

static bool no_packet(struct running *run, const struct step *step)
{
	const struct queued *other = packet_left(run), *wanted = other;

	while (wanted && !elsewhere_is(run, step, wanted))
		wanted = wanted->next;
	if (wanted)
		return elsewhere_fail(run, step, wanted);
	if (other)
		packet_note_other(run, step->packet, other);
	else
		packet_note(run, step->packet, NULL, NULL);
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
	comparison_nearest(run, connection, step->packet, queued, &nearest);
	return nearest.same;
}

/* It did not come: unless something else came of it, a connection that the line began is none. */
static bool leave_out(struct running *run, struct connections *connections,
                      const struct connections *before)
{
	for (const struct queued *q = run->queue.first; q; q = q->next)
		if (q->connection && q->connection == connections->first)
			return true;
	connections_restore(connections, before);
	return true;
}

bool step_expect(struct running *run, const struct step *step)
{
	/*
	 * Not a second: that is when a SYN-ACK is sent again (RFC 6298, 2), which would be seen
	 * or not by chance.
	 */
	enum { GRACE = 1200 * USEC_PER_MSEC };
	struct connections *connections = side_connections(run, step->packet->from_peer);
	const struct connections before = *connections;
	struct connection *connection = connection_of_line(connections, step->packet, false);
	struct queued *queued;
	struct script_segment seen;
	bool optional = step->packet->optional;

	usec_t deadline = step->time == TIME_ANY
	                          ? USEC_FOREVER
	                          : run->timing.until + timing_tolerance_of_step(&run->timing) +
	                                    (optional ? 0 : GRACE);
	run_about_connection(run, connection);
	packets_adopt(run);
	if (!await_packet(run, connection, deadline, &queued))
		return false;
	if (optional && !is_the_optional(run, step, connection, queued))
		return leave_out(run, connections, &before);
	if (!queued)
		return no_packet(run, step);
	if (queued->bad)
		return packet_bad(run, queued, step->where);
	if (!aggregate(run, step->packet, queued, deadline))
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
