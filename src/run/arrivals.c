#include "run/arrivals.h"

#include <stdio.h>
#include <string.h>

#include "run/tell.h"
#include "verdict/classify.h"
#include "wire/packet_print.h"

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

void packet_give(struct running *run, struct queued *packet, struct connection *connection)
{
	struct event *event = trace_at(&run->teller.verdict->trace, packet->event);
	struct script_segment script;
	struct flow_segment flow;

	packet->connection = connection;
	connection_to_flow(connection, &packet->live, false, &flow);
	flow_classify(&connection->flow, &flow, packet->at, packet->classified,
	              sizeof(packet->classified));
	flow_sent(&connection->flow, &flow, packet->at);
	if (!event)
		return;
	connection_to_script(connection, &packet->live, &script);
	segment_keep(&event->segment, &script.segment, event->outer);
	event->connection = connection->number;
	memcpy(event->classified, packet->classified, sizeof(event->classified));
}

/* Why the bytes are no segment, and what they are; NULL: they are one. */
static const char *what_is_bad(struct running *run, const struct host_packet *packet)
{
	const char *why = packet->bad;
	char text[PACKET_TEXT];

	if (!why && packet->segment.fixed & (FIXED_CHECKSUM | FIXED_IP_CHECKSUM))
		why = "the checksum is wrong";
	if (!why)
		return NULL;
	packet_print(packet->bytes, packet->captured, packet->length, text, sizeof(text));
	return arena_printf(run->arena, "%s (%s)", why, text);
}

void packet_arrived(struct running *run, const struct host_packet *packet)
{
	usec_t at = timing_script(&run->timing, packet->at);
	struct queued came = {
		.live = { packet->segment },
		.at = at,
		.last = at,
		.bad = what_is_bad(run, packet),
		.event = run->teller.verdict->trace.count,
	};
	struct connection *connection;
	struct queued *queued;
	struct event *event;

	run->stirred = true;
	queued = queue_add(&run->queue, &came);
	if (queued->bad)
		return;
	keep_payload(run, &queued->live.segment);
	event = run_event(run, EVENT_SENT, (struct range){ 0, 0 }, at);
	segment_keep(&event->segment, &queued->live.segment, event->outer);
	connection = connection_of_packet(&run->connections, &queued->live);
	if (connection)
		packet_give(run, queued, connection);
	run_tell(run, event);
}

void packets_adopt(struct running *run)
{
	for (struct queued *q = run->queue.first; q; q = q->next) {
		struct connection *connection = NULL;

		if (!q->bad && !q->connection)
			connection = connection_of_packet(&run->connections, &q->live);
		if (connection)
			packet_give(run, q, connection);
	}
}

struct queued *packet_next(const struct running *run, const struct connection *connection)
{
	for (struct queued *q = run->queue.first; q; q = q->next)
		if (q->bad || q->connection == connection ||
		    connection_may_adopt(connection, q->connection, &q->live))
			return q;
	return NULL;
}

const struct queued *packet_left(const struct running *run)
{
	return run->queue.first;
}

/* ---- for the verdict ---- */

void packet_note(struct running *run, const struct packet_want *want,
                 const struct script_segment *seen, const char *classified)
{
	struct verdict *verdict = run->teller.verdict;

	if (run->teller.failed)
		return;
	verdict->has_want = want != NULL;
	if (want)
		verdict->want = *want;
	verdict->has_seen = seen != NULL;
	if (seen)
		segment_keep(&verdict->seen, &seen->segment, verdict->seen_outer);
	snprintf(verdict->classified, sizeof(verdict->classified), "%s", classified);
}

void packet_note_other(struct running *run, const struct packet_want *want,
                       const struct queued *packet)
{
	struct script_segment seen = { packet->live.segment };

	if (packet->connection)
		connection_to_script(packet->connection, &packet->live, &seen);
	packet_note(run, want, &seen, packet->classified);
}

bool packet_bad(struct running *run, const struct queued *packet, struct range line)
{
	return run_fail(run, line, line, "the kernel sent bytes that are no segment: %s",
	                packet->bad);
}

bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why)
{
	if (packet->bad)
		return packet_bad(run, packet, line);
	packet_note_other(run, NULL, packet);
	return run_fail(run, line, line, "the kernel sent a segment at %.6f s: %s",
	                (double)packet->at / USEC_PER_SEC, why);
}
