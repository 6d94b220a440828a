#include "run/elsewhere.h"

#include <stdio.h>

#include "run/arrivals.h"
#include "run/comparison.h"
#include "run/tell.h"
#include "verdict/mend.h"

enum { END_TEXT = 64 };

/*
 * The numbers of a connection that the script does not know mean nothing to it. So only the kind of
 * the segment is compared.
 */
static bool is_alike(const struct packet_want *want, const struct segment *seen)
{
	return want->segment.protocol == IPPROTO_TCP && seen->protocol == IPPROTO_TCP &&
	       want->segment.tcp.flags == seen->tcp.flags &&
	       want->segment.payload_length == seen->payload_length;
}

bool elsewhere_is(const struct running *run, const struct step *step, const struct queued *packet)
{
	struct packet_want want = *step->packet;
	struct comparison nearest;

	if (packet->bad || packet->far != step->packet->from_peer ||
	    packet->connection == run->teller.connection)
		return false;
	/* The same for a SYN, which begins with a number of the kernel's. */
	if (!packet->connection || packet->live.segment.tcp.flags & TCP_SYN)
		return is_alike(&want, &packet->live.segment);
	want.check &= ~(1u << FIELD_PORTS);
	comparison_nearest(run, packet->connection, &want, packet, &nearest);
	return nearest.same;
}

/* "#2 (8080 > 40002)". A connection that has no peer yet has no ports. */
static const char *print_end(unsigned number, uint16_t local, uint16_t remote, char text[END_TEXT])
{
	int used = number ? snprintf(text, END_TEXT, "#%u ", number) : 0;

	if (local && remote)
		snprintf(text + used, END_TEXT - (size_t)used, "(%u > %u)", local, remote);
	return text;
}

bool elsewhere_fail(struct running *run, const struct step *step, const struct queued *packet)
{
	const struct connection *line = run->teller.connection, *other = packet->connection;
	const struct tcp_header *tcp = &packet->live.segment.tcp;
	struct evidence *evidence = run->teller.evidence;
	struct range where = packet_where(step->packet, FIELD_PORTS);
	char wanted[END_TEXT] = "its own", seen[END_TEXT] = "ports";

	print_end(line->number, line->live.local_port, line->live.remote_port, wanted);
	print_end(other ? other->number : 0, tcp->source, tcp->destination, seen);
	packet_note_other(run, step->packet, packet);
	mend_ports(step->packet, tcp->source, tcp->destination, &evidence->edits);
	if (!run->teller.failed)
		snprintf(evidence->detail, sizeof(evidence->detail),
		         "a line that begins with %u > %u is about that connection", tcp->source,
		         tcp->destination);
	return run_fail(run, step->where, where.end ? where : step->where,
	                "the kernel sent the segment on %s%s, but the line wants it on %s",
	                other ? "connection " : "a connection that no line is about ", seen,
	                wanted);
}
