#include "run/comparison.h"

#include "run/sign.h"
#include "wire/tcp_options.h"

static struct match_rules rules_of(const struct running *run)
{
	usec_t tolerance = timing_tolerance(&run->timing, run->timing.due);

	return (struct match_rules){
		.ts_tolerance = run->settings->ts_tick ? tolerance / run->settings->ts_tick : -1,
		.ts_ecr = run->settings->ts_ecr_check,
	};
}

static void compare(const struct running *run, const struct connection *connection,
                    const struct packet_want *want, const struct queued *queued,
                    struct comparison *comparison)
{
	struct packet_want alike = *want;
	struct tcp_option_bytes options;
	struct connection as_if;
	struct match_rules rules = rules_of(run);

	connection_suppose(connection, want, &queued->live, &as_if, &comparison->seen);
	alike.check &= ~(
		/* The kernel chooses its own in the place of the script's. */
		1u << FIELD_FLOW_LABEL);
	if (run->program->payload_open && !want->segment.payload)
		alike.check &= ~(1u << FIELD_PAYLOAD);
	if (want->md5_valid) {
		options = *want->options;
		sign(run->settings, &queued->live, options.bytes, options.length);
		alike.options = &options;
	}
	comparison->want = want;
	comparison->mismatches.count = comparison->mismatches.distance = 0;
	comparison->same = match_packet(&alike, &comparison->seen, &rules, &comparison->mismatches);
}

void comparison_nearest(const struct running *run, const struct connection *connection,
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

bool comparison_is_alike(const struct running *run, const struct connection *connection,
                         const struct packet_want *first, const struct queued *packet)
{
	enum { FEW = 3 };
	struct comparison nearest;

	comparison_nearest(run, connection, first, packet, &nearest);
	return nearest.mismatches.distance <= FEW;
}

/* ---- before it is known which line a packet is for ---- */

/* The numbers of both sides are known, and do not change any more. */
static bool has_numbers(const struct connection *c)
{
	return c && !c->syn_again &&
	       (c->phase == CONNECTION_SYN_ACK_SENT || c->phase == CONNECTION_SYN_ACK_ACKED ||
	        c->phase == CONNECTION_OPEN);
}

static bool checks(const struct packet_want *want, enum packet_field field)
{
	return want->check & 1u << field;
}

static bool flags_may_fit(const struct packet_want *want, const struct segment *seen)
{
	const uint16_t of_a_part = TCP_FIN | TCP_PSH | TCP_CWR | TCP_ECE | TCP_AE;
	uint16_t wanted = want->segment.tcp.flags, flags = seen->tcp.flags;
	bool part = seen->payload_length && seen->payload_length < want->segment.payload_length;

	if (!checks(want, FIELD_FLAGS))
		return true;
	return (wanted & ~of_a_part) == (flags & ~of_a_part) &&
	       ((wanted & TCP_FIN) == (flags & TCP_FIN) || (wanted & TCP_FIN && part));
}

static bool numbers_may_fit(const struct packet_want *want, const struct queued *packet)
{
	const struct tcp_header *wanted = &want->segment.tcp;
	struct script_segment seen;
	const struct tcp_header *tcp = &seen.segment.tcp;

	if (!has_numbers(packet->connection) || want->absolute_sequence ||
	    (wanted->flags | packet->live.segment.tcp.flags) & TCP_SYN)
		return true;
	connection_to_script(packet->connection, &packet->live, &seen);
	if (checks(want, FIELD_ACKNOWLEDGMENT) && tcp->flags & TCP_ACK &&
	    wanted->acknowledgment != tcp->acknowledgment)
		return false;
	return !checks(want, FIELD_SEQUENCE) || wanted->sequence == tcp->sequence ||
	       tcp->sequence - wanted->sequence < want->segment.payload_length;
}

static bool may_want(const struct packet_want *want, const struct queued *packet)
{
	const struct segment *seen = &packet->live.segment;

	if (packet->bad || packet->far != want->from_peer ||
	    want->segment.protocol != seen->protocol)
		return false;
	if (seen->protocol != IPPROTO_TCP)
		return true;
	if (want->has_ports && (want->segment.tcp.source != seen->tcp.source ||
	                        want->segment.tcp.destination != seen->tcp.destination))
		return false;
	/* With any amount of data there are many segments, and only the last has the flags. */
	if (want->until_end)
		return true;
	if (checks(want, FIELD_LENGTH) && seen->payload_length > want->segment.payload_length)
		return false;
	return flags_may_fit(want, seen) && numbers_may_fit(want, packet);
}

bool comparison_may_want(const struct packet_want *first, const struct queued *packet)
{
	for (const struct packet_want *want = first; want; want = want->alternative)
		if (may_want(want, packet))
			return true;
	return false;
}
