#include "run/arrivals.h"

#include "run/extra.h"
#include "run/side.h"
#include "run/tell.h"
#include "verdict/classify.h"
#include "wire/packet_print.h"

/* Payload that is all zeros needs no memory; other payload is kept. */
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
	struct event *event = trace_at(&run->teller.evidence->trace, packet->event);
	struct script_segment script;
	struct flow_segment flow;

	packet->connection = connection;
	connection_to_flow(connection, &packet->live, false, &flow);
	if (event)
		flow_classify(&connection->flow, &flow, packet->at, event->classified,
		              sizeof(event->classified));
	flow_sent(&connection->flow, &flow, packet->at);
	if (connection->other) {
		connection_to_flow(connection->other, &packet->live, true, &flow);
		flow_injected(&connection->other->flow, &flow, packet->at);
	}
	if (!event)
		return;
	connection_to_script(connection, &packet->live, &script);
	segment_keep(&event->segment, &script.segment, event->outer);
	event->counted_from = packet->live.segment.tcp.sequence - script.segment.tcp.sequence;
	event->connection = connection->number;
}

/* Says why the bytes are not a segment, and what they are; NULL when they are a segment. */
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

/* The connection of a packet as it comes; NULL: it is not known yet. */
static struct connection *connection_of(struct running *run, const struct queued *packet)
{
	if (!run->settings->real_peer)
		return connection_of_packet(&run->connections, &packet->live);
	return connection_of_sent(side_connections(run, packet->far),
	                          side_connections(run, !packet->far), &packet->live);
}

void packet_arrived(struct running *run, const struct host_packet *packet)
{
	usec_t at = timing_script(&run->timing, packet->at);
	struct queued came = {
		.live = { packet->segment },
		.at = at,
		.last = at,
		.bad = what_is_bad(run, packet),
		.far = packet->far,
		.event = run->teller.evidence->trace.count,
	};
	struct connection *connection;
	struct queued *queued;
	struct event *event;

	timing_stir(&run->timing);
	queued = queue_add(&run->queue, &came);
	if (queued->bad) {
		run_count_bad(run);
		return;
	}
	keep_payload(run, &queued->live.segment);
	event = run_event(run, packet->far ? EVENT_INJECTED : EVENT_SENT, (struct range){ 0, 0 },
	                  at);
	segment_keep(&event->segment, &queued->live.segment, event->outer);
	connection = connection_of(run, queued);
	if (connection)
		packet_give(run, queued, connection);
	run_tell(run, event);
}

void packets_adopt(struct running *run)
{
	/* With a real peer each packet's connection is known when it comes. */
	if (run->settings->real_peer)
		return;
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

/* Notes the packet itself, and those that were taken together with it. */
static void note_parts(struct evidence *evidence, const struct queued *packet)
{
	evidence->parts[0] = packet->event;
	for (unsigned i = 0; i < packet->part_count && i + 1 < PARTS_MAX; i++)
		evidence->parts[i + 1] = packet->parts[i];
	evidence->part_count = packet->part_count + 1;
}

void packet_note(struct running *run, const struct packet_want *want,
                 const struct script_segment *seen, const struct queued *packet)
{
	struct evidence *evidence = run->teller.evidence;

	if (run->teller.failed)
		return;
	run_about(run, packet && !packet->bad ? packet->event : EVENT_NONE);
	evidence->has_want = want != NULL;
	if (want)
		evidence->want = *want;
	evidence->part_count = 0;
	if (packet && packet->part_count)
		note_parts(evidence, packet);
	evidence->has_seen = seen != NULL;
	if (seen)
		segment_keep(&evidence->seen, &seen->segment, evidence->seen_outer);
}

/* Ports that were injected the wrong way round make a connection of their own. */
static void explain_swapped_ports(struct running *run, const struct segment *seen)
{
	struct evidence *evidence = run->teller.evidence;
	const struct tcp_header *tcp = &seen->tcp;

	for (const struct connection *c = run->connections.first; c; c = c->next)
		if (seen->protocol == IPPROTO_TCP && !evidence->detail[0] &&
		    tcp->source != tcp->destination && c->live.local_port == tcp->destination &&
		    c->live.remote_port == tcp->source)
			snprintf(evidence->detail, sizeof(evidence->detail),
			         "these are the ports of connection #%u the wrong way round: what "
			         "is injected into it begins with %u > %u",
			         c->number, tcp->source, tcp->destination);
}

void packet_note_other(struct running *run, const struct packet_want *want,
                       const struct queued *packet)
{
	struct script_segment seen = { packet->live.segment };

	if (packet->connection)
		connection_to_script(packet->connection, &packet->live, &seen);
	packet_note(run, want, &seen, packet);
	if (!run->teller.failed)
		explain_swapped_ports(run, &packet->live.segment);
}

void packet_forget(struct running *run)
{
	run->teller.evidence->has_want = run->teller.evidence->has_seen = false;
}

bool packet_bad(struct running *run, const struct queued *packet, struct range line)
{
	packet_note(run, NULL, NULL, packet);
	return run_fail(run, line, line, "the kernel sent bytes that are not a segment: %s",
	                packet->bad);
}

bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why)
{
	if (packet->bad)
		return packet_bad(run, packet, line);
	packet_note_other(run, NULL, packet);
	if (!run->teller.failed)
		extra_mend(run, packet);
	run_about_connection(run, packet->connection);
	return run_fail(run, line, line, "the kernel sent a segment at %.6f s: %s",
	                (double)packet->at / USEC_PER_SEC, why);
}
