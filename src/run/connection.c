#include "run/connection.h"

#include <string.h>

#include "wire/tcp_options.h"

enum { FIRST_REMOTE_PORT = 40001 };

void connections_init(struct connections *connections, struct arena *arena,
                      const struct settings *settings, const struct addresses *addresses,
                      bool no_loss_probe)
{
	*connections = (struct connections){
		.arena = arena,
		.settings = settings,
		.addresses = addresses,
		.no_loss_probe = no_loss_probe,
		.next_port = FIRST_REMOTE_PORT,
	};
}

struct connection *connection_new(struct connections *connections, uint8_t protocol)
{
	struct connection *connection = arena_alloc(connections->arena, sizeof(*connection));

	connection->protocol = protocol;
	connection->at_peer = connections->at_peer;
	connection->flow.no_loss_probe = connections->no_loss_probe;
	connection->live.local = connections->addresses->local;
	connection->live.remote = connections->addresses->remote;
	connection->next = connections->first;
	connections->first = connection;
	connections->current = connection;
	return connection;
}

struct connection *connection_of_ports(struct connections *connections, uint16_t local_port,
                                       uint16_t remote_port)
{
	for (struct connection *c = connections->first; c; c = c->next)
		if (c->live.local_port == local_port && c->live.remote_port == remote_port)
			return c;
	return NULL;
}

/* A socket that has no peer yet is not what a line about the two ends means. */
struct connection *connection_meant(const struct connections *connections)
{
	struct connection *current = connections->current;

	if (!connections->settings->real_peer || !current || current->phase > CONNECTION_LISTENING)
		return current;
	for (struct connection *c = connections->first; c; c = c->next)
		if (c->phase > CONNECTION_LISTENING)
			return c;
	return current;
}

void connection_begin(struct connections *connections, struct connection *connection,
                      enum connection_phase phase)
{
	connection->phase = phase;
	if (!connection->number)
		connection->number = ++connections->count;
}

static struct connection *begin_child(struct connections *connections,
                                      const struct packet_want *want)
{
	struct connection *before = connections->current;
	struct connection *child = connection_new(connections, want->segment.protocol);
	const struct segment *segment = &want->segment;

	connection_begin(connections, child, CONNECTION_SYN_INJECTED);
	child->live.local_port =
		want->has_ports ? segment->tcp.destination : connections->settings->bind_port;
	child->live.remote_port = want->has_ports ? segment->tcp.source : connections->next_port++;
	/*
	 * For a segment in the middle of a connection that nobody knows, the numbers are those on
	 * the wire.
	 */
	if (segment->protocol == IPPROTO_TCP && segment->tcp.flags & TCP_SYN)
		child->script_remote_isn = child->remote_isn = segment->tcp.sequence;
	/* A second peer, whose ports are written, does not take the place of the first. */
	if (want->has_ports && before && before->phase >= CONNECTION_SYN_INJECTED)
		connections->current = before;
	return child;
}

static struct connection *begin_connecting(struct connections *connections,
                                           const struct packet_want *want)
{
	struct connection *connection = connection_new(connections, want->segment.protocol);

	connection_begin(connections, connection, CONNECTION_CONNECTING);
	connection->live.remote_port = want->has_ports ? want->segment.tcp.destination
	                                               : connections->settings->connect_port;
	return connection;
}

/* With a real peer, which has its own reasons to connect again: the current one is open. */
static bool another_may_come(const struct connections *connections)
{
	enum connection_phase phase = connections->current->phase;

	return connections->settings->real_peer &&
	       (phase == CONNECTION_SYN_ACK_ACKED || phase == CONNECTION_OPEN);
}

struct connection *connection_of_line(struct connections *connections,
                                      const struct packet_want *want, bool inbound)
{
	struct connection *current = connections->current;
	const struct tcp_header *tcp = &want->segment.tcp;
	bool is_tcp = want->segment.protocol == IPPROTO_TCP;

	if (want->has_ports) {
		struct connection *named =
			inbound ? connection_of_ports(connections, tcp->destination, tcp->source)
				: connection_of_ports(connections, tcp->source, tcp->destination);

		if (named)
			return named;
		if (inbound && is_tcp)
			return begin_child(connections, want);
	}
	/*
	 * A program connects. The harness does not see its call, so the SYN is the first sign of
	 * it.
	 */
	if (!inbound && is_tcp && tcp->flags == TCP_SYN &&
	    (!current || current->phase == CONNECTION_LISTENING || another_may_come(connections)))
		return begin_connecting(connections, want);
	current = connection_meant(connections);
	if (!current || (inbound && is_tcp && current->phase <= CONNECTION_LISTENING))
		return begin_child(connections, want);
	return current;
}

static bool same_remote(const struct connection *c, const struct segment *segment)
{
	return ip_address_equal(&segment->destination, &c->live.remote) &&
	       segment->tcp.destination == c->live.remote_port;
}

static bool same_tuple(const struct connection *c, const struct segment *segment)
{
	if (segment->protocol == IPPROTO_ICMP || segment->protocol == IPPROTO_ICMPV6)
		return ip_address_equal(&segment->destination, &c->live.remote);
	return c->protocol == segment->protocol && same_remote(c, segment) &&
	       segment->tcp.source == c->live.local_port &&
	       ip_address_equal(&segment->source, &c->live.local);
}

/* The first segment of a connection that connects tells its local end. */
static bool is_first_of(const struct connection *c, const struct segment *segment)
{
	return c->phase == CONNECTION_CONNECTING && c->protocol == segment->protocol &&
	       same_remote(c, segment) &&
	       (segment->protocol != IPPROTO_TCP || segment->tcp.flags & TCP_SYN);
}

/* Takes the local end and the ISN from it. */
static struct connection *adopt_first(struct connection *c, const struct segment *segment)
{
	c->live.local = segment->source;
	c->live.local_port = segment->tcp.source;
	c->live_local_isn = segment->tcp.sequence;
	c->phase = c->protocol == IPPROTO_TCP ? CONNECTION_SYN_SENT : CONNECTION_OPEN;
	return c;
}

struct connection *connection_of_packet(struct connections *connections,
                                        const struct live_segment *live)
{
	const struct segment *segment = &live->segment;
	struct connection *known = connections->first, *connecting = connections->first;

	while (known && !same_tuple(known, segment))
		known = known->next;
	while (connecting && !is_first_of(connecting, segment))
		connecting = connecting->next;
	if (!known && connecting)
		return adopt_first(connecting, segment);
	/* The socket connects again from its old port, so the script's numbers go on. */
	if (known && is_first_of(known, segment))
		known->phase = CONNECTION_OPEN;
	if (known && known->phase == CONNECTION_SYN_INJECTED && known->protocol == IPPROTO_TCP &&
	    segment->tcp.flags & TCP_SYN)
		known->live_local_isn = segment->tcp.sequence;
	return known;
}

bool connection_may_adopt(const struct connection *connection, const struct connection *before,
                          const struct live_segment *live)
{
	const struct segment *segment = &live->segment;

	/* The SYN of the other connection, sent again. */
	if (before && segment->protocol == IPPROTO_TCP &&
	    segment->tcp.sequence == before->live_local_isn)
		return false;
	return is_first_of(connection, segment);
}

void connection_adopt(struct connection *connection, const struct live_segment *live)
{
	adopt_first(connection, &live->segment);
}

void connections_restore(struct connections *connections, const struct connections *before)
{
	*connections = *before;
}

struct connection *connection_to_accept(struct connections *connections, uint16_t remote_port)
{
	struct connection *oldest = NULL;

	for (struct connection *c = connections->first; c; c = c->next)
		if ((c->phase == CONNECTION_SYN_ACK_SENT || c->phase == CONNECTION_SYN_ACK_ACKED) &&
		    (!remote_port || c->live.remote_port == remote_port))
			oldest = c;
	return oldest;
}

/* ---- sequence numbers ---- */

/*
 * A SYN has the script's own ISN, everything else counts from the ISN: this is packetdrill's rule.
 * The kernel chooses its own ISN, so its SYN is moved by the difference.
 */
static uint32_t local_offset(const struct connection *c, bool syn)
{
	return syn ? c->live_local_isn - c->script_local_isn : c->live_local_isn;
}

static uint32_t remote_offset(const struct connection *c, bool syn)
{
	return syn ? c->remote_isn - c->script_remote_isn : c->remote_isn;
}

void connection_to_script(const struct connection *c, const struct live_segment *live,
                          struct script_segment *script)
{
	struct tcp_header *tcp = &script->segment.tcp;
	bool syn;

	script->segment = live->segment;
	if (live->segment.protocol != IPPROTO_TCP)
		return;
	syn = tcp->flags & TCP_SYN;
	tcp->sequence -= local_offset(c, syn);
	if (tcp->flags & TCP_ACK)
		tcp->acknowledgment -= remote_offset(c, syn);
	tcp_sack_shift(tcp, -remote_offset(c, syn));
}

void connection_to_flow(const struct connection *c, const struct live_segment *live, bool inbound,
                        struct flow_segment *flow)
{
	uint32_t own = inbound ? c->remote_isn : c->live_local_isn,
		 other = inbound ? c->live_local_isn : c->remote_isn;
	struct tcp_header *tcp = &flow->segment.tcp;

	flow->segment = live->segment;
	if (live->segment.protocol != IPPROTO_TCP)
		return;
	tcp->sequence -= own;
	if (tcp->flags & TCP_ACK)
		tcp->acknowledgment -= other;
	tcp_sack_shift(tcp, -other);
}

/*
 * The SYN,ACK to another SYN also begins new sequence spaces, unless its line has a number of the
 * old one. That is how a script tests the distance to the old numbers (RFC 9293 3.4.3).
 */
static void begin_again(struct connection *c, const struct packet_want *want,
                        const struct segment *live)
{
	const bool open = !(want->check & 1u << FIELD_SEQUENCE);

	if (!c->syn_again || (!open && want->segment.tcp.sequence != c->script_local_isn))
		return;
	c->syn_again = c->reset_injected = false;
	c->phase = CONNECTION_SYN_ACK_SENT;
	c->live_local_isn = live->tcp.sequence;
	c->script_remote_isn = c->remote_isn = c->next_remote_isn;
	c->timestamp_count = 0;
	c->flow = (struct flow){ .no_loss_probe = c->flow.no_loss_probe };
}

/*
 * Takes from a SYN, and from the line that wants it, which number of the script stands for the ISN.
 */
static void take_isn(struct connection *c, const struct packet_want *want,
                     const struct segment *live)
{
	if (live->protocol != IPPROTO_TCP || want->segment.protocol != IPPROTO_TCP)
		return;
	bool syn = live->tcp.flags & TCP_SYN && want->segment.tcp.flags & TCP_SYN;
	bool first_syn_ack =
		c->phase == CONNECTION_SYN_INJECTED && syn && live->tcp.flags & TCP_ACK;
	bool first_syn = c->phase == CONNECTION_SYN_SENT && syn && !(live->tcp.flags & TCP_ACK);
	if (syn && live->tcp.flags & TCP_ACK)
		begin_again(c, want, live);
	if (!first_syn && !first_syn_ack)
		return;
	c->script_local_isn = want->segment.tcp.sequence;
	c->live_local_isn = live->tcp.sequence;
	if (first_syn_ack)
		c->phase = CONNECTION_SYN_ACK_SENT;
}

/* ---- timestamps ---- */

static bool timestamp_find(const struct connection *c, uint32_t script, uint32_t *live)
{
	for (size_t i = c->timestamp_count; i-- > 0;)
		if (c->timestamps[i].script == script) {
			*live = c->timestamps[i].live;
			return true;
		}
	return false;
}

static void timestamp_add(struct arena *arena, struct connection *c, uint32_t script, uint32_t live)
{
	if (c->timestamp_count && c->timestamps[c->timestamp_count - 1].script == script &&
	    c->timestamps[c->timestamp_count - 1].live == live)
		return;
	c->timestamps = arena_grown(arena, c->timestamps, c->timestamp_count, &c->timestamp_room,
	                            sizeof(*c->timestamps));
	c->timestamps[c->timestamp_count++] = (struct timestamp_pair){ script, live };
}

static bool timestamp_pair_of(const struct packet_want *want, const struct segment *live,
                              struct timestamp_pair *pair, uint32_t *live_echo)
{
	uint32_t script_echo;

	return want->segment.protocol == IPPROTO_TCP && live->protocol == IPPROTO_TCP &&
	       tcp_timestamp_get(&want->segment.tcp, &pair->script, &script_echo) &&
	       tcp_timestamp_get(&live->tcp, &pair->live, live_echo);
}

/* Translates the TS value as the script would count it: from the first value that it wrote. */
static void timestamp_to_script(const struct connection *c, const struct packet_want *want,
                                struct segment *seen)
{
	struct timestamp_pair pair, first;
	uint32_t echo;

	if (!timestamp_pair_of(want, seen, &pair, &echo))
		return;
	first = c->timestamp_count ? c->timestamps[0] : pair;
	tcp_timestamp_set(&seen->tcp, first.script + (pair.live - first.live), echo);
}

static bool timestamp_to_live(struct connections *connections, const struct connection *c,
                              struct tcp_header *tcp)
{
	uint32_t value, echo, live;

	if (!(tcp->flags & TCP_ACK) || !tcp_timestamp_get(tcp, &value, &echo))
		return true;
	if (timestamp_find(c, echo, &live)) {
		tcp_timestamp_set(tcp, value, live);
		return true;
	}
	if (!connections->settings->ts_ecr_scaled || !c->timestamp_count)
		return false;
	tcp_timestamp_set(tcp, value, c->timestamps[0].live + (echo - c->timestamps[0].script));
	return true;
}

/* ---- what a line and its packet tell about the connection ---- */

void connection_suppose(const struct connection *c, const struct packet_want *want,
                        const struct live_segment *live, struct connection *as_if,
                        struct script_segment *seen)
{
	*as_if = *c;
	if (is_first_of(as_if, &live->segment))
		adopt_first(as_if, &live->segment);
	take_isn(as_if, want, &live->segment);
	connection_to_script(as_if, live, seen);
	if (want->absolute_sequence)
		seen->segment.tcp.sequence = live->segment.tcp.sequence;
	timestamp_to_script(as_if, want, &seen->segment);
}

static bool has_flow_label(const struct packet_want *want, const struct segment *live)
{
	return want->check & 1u << FIELD_FLOW_LABEL && want->segment.flow_label &&
	       live->source.family == AF_INET6;
}

const char *connection_flow_label_wrong(const struct connection *c, const struct packet_want *want,
                                        const struct live_segment *packet)
{
	const struct segment *live = &packet->segment;

	bool same = want->segment.flow_label == c->script_flow_label;

	if (!has_flow_label(want, live))
		return NULL;
	if (!live->flow_label)
		return "the packet has no flow label";
	if (!c->script_flow_label)
		return NULL;
	if (same && live->flow_label != c->live_flow_label)
		return "the flow label has changed";
	if (!same && live->flow_label == c->live_flow_label)
		return "the flow label has not changed";
	return NULL;
}

void connection_learn(struct connections *connections, struct connection *c,
                      const struct packet_want *want, const struct live_segment *packet)
{
	const struct segment *live = &packet->segment;
	struct timestamp_pair pair;
	uint32_t echo;

	take_isn(c, want, live);
	if (timestamp_pair_of(want, live, &pair, &echo))
		timestamp_add(connections->arena, c, pair.script, pair.live);
	if (!has_flow_label(want, live))
		return;
	c->script_flow_label = want->segment.flow_label;
	c->live_flow_label = live->flow_label;
}

/* ---- injected packets ---- */

/* What an injected segment changes in the phase, before it is translated. */
static void follow_injected(struct connection *c, const struct segment *segment)
{
	uint16_t flags = segment->tcp.flags;
	bool syn = flags & TCP_SYN && !(flags & TCP_ACK);
	bool over = c->phase == CONNECTION_OPEN || c->phase == CONNECTION_SYN_ACK_ACKED ||
	            (c->phase == CONNECTION_SYN_ACK_SENT && c->reset_injected);

	c->reset_injected |= (flags & TCP_RST) != 0;
	if (syn && c->phase == CONNECTION_SYN_INJECTED) {
		c->script_remote_isn = c->remote_isn = segment->tcp.sequence;
	} else if (syn && over) {
		c->syn_again = true;
		c->next_remote_isn = segment->tcp.sequence;
	} else if (c->phase == CONNECTION_SYN_ACK_SENT && flags & TCP_ACK) {
		c->phase = CONNECTION_SYN_ACK_ACKED;
	} else if (c->phase == CONNECTION_SYN_SENT && flags & TCP_SYN) {
		c->script_remote_isn = c->remote_isn = segment->tcp.sequence;
		c->phase = CONNECTION_OPEN;
	}
}

/* ---- a TCP at each end ---- */

/* A SYN that is not the one that began the connection begins another on the same ports. */
static bool is_another_syn(const struct connection *c, const struct segment *segment)
{
	return segment->tcp.flags & TCP_SYN && c->phase >= CONNECTION_SYN_ACK_SENT &&
	       c->phase != CONNECTION_CONNECTING && c->live_local_isn != segment->tcp.sequence;
}

/* One that connects, whose first segment this is; begun here when no line, or call, has done so. */
static struct connection *begin_sender(struct connections *sender, const struct segment *segment)
{
	struct connection *c = sender->first;

	while (c && !is_first_of(c, segment))
		c = c->next;
	if (!c) {
		c = connection_new(sender, segment->protocol);
		connection_begin(sender, c, CONNECTION_CONNECTING);
		c->live.remote_port = segment->tcp.destination;
	}
	return adopt_first(c, segment);
}

static struct connection *begin_receiver(struct connections *receiver,
                                         const struct segment *segment)
{
	struct connection *c = connection_new(receiver, segment->protocol);

	connection_begin(receiver, c, CONNECTION_SYN_INJECTED);
	c->live.local_port = segment->tcp.destination;
	c->live.remote_port = segment->tcp.source;
	return c;
}

static struct connection *other_end(struct connections *receiver, struct connection *c,
                                    const struct segment *segment)
{
	struct connection *other = c->other;

	if (!other)
		other = connection_of_ports(receiver, segment->tcp.destination,
		                            segment->tcp.source);
	/* A twin of it that has sent its own SYN: the two cross. */
	if (!other || (other->other && other->other != c))
		other = begin_receiver(receiver, segment);
	c->other = other;
	other->other = c;
	return other;
}

struct connection *connection_of_sent(struct connections *sender, struct connections *receiver,
                                      const struct live_segment *live)
{
	const struct segment *segment = &live->segment;
	struct connection *c;

	if (segment->protocol != IPPROTO_TCP)
		return connection_of_packet(sender, live);
	bool first = (segment->tcp.flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	c = connection_of_ports(sender, segment->tcp.source, segment->tcp.destination);
	if (first && (!c || is_another_syn(c, segment)))
		c = begin_sender(sender, segment);
	if (!c)
		return NULL;
	if (c->phase == CONNECTION_SYN_INJECTED && segment->tcp.flags & TCP_SYN) {
		c->live_local_isn = segment->tcp.sequence;
		c->phase = first ? CONNECTION_OPEN : CONNECTION_SYN_ACK_SENT;
	}
	struct connection *other = other_end(receiver, c, segment);
	follow_injected(other, segment);
	if (segment->tcp.flags & TCP_SYN)
		other->script_remote_isn = 0;
	/* One that comes again is the same; another one is another connection. */
	other->syn_again = false;
	return c;
}

static void quote_to_live(const struct connection *c, struct icmp_quote *quote)
{
	quote->source = c->live.local_port;
	quote->destination = c->live.remote_port;
	if (quote->protocol == IPPROTO_TCP)
		quote->sequence += c->live_local_isn;
}

const char *connection_fill_in(const struct connection *c, struct packet_want *want)
{
	struct tcp_header *tcp = &want->segment.tcp;
	bool syn = tcp->flags & TCP_SYN;

	if (want->sequence_follows && !c->flow.receive_known)
		return "nothing was injected on this connection before, so this cannot continue it";
	if (want->acknowledges_all && !c->flow.send_known)
		return "the kernel has sent nothing on this connection that could be acknowledged";
	if (want->sequence_follows)
		tcp->sequence = c->remote_isn + c->flow.receive_next - remote_offset(c, syn);
	if (want->acknowledges_all)
		tcp->acknowledgment = c->live_local_isn + c->flow.send_next - local_offset(c, syn);
	return NULL;
}

bool connection_to_live(struct connections *connections, struct connection *c,
                        const struct packet_want *want, struct live_segment *packet)
{
	struct segment *live = &packet->segment;

	*live = want->segment;
	live->source = c->live.remote;
	live->destination = c->live.local;
	if (live->protocol == IPPROTO_ICMP || live->protocol == IPPROTO_ICMPV6) {
		quote_to_live(c, &live->icmp.quote);
		return true;
	}
	if (!want->has_ports) {
		live->tcp.source = c->live.remote_port ? c->live.remote_port
		                                       : connections->settings->connect_port;
		live->tcp.destination =
			c->live.local_port ? c->live.local_port : connections->settings->bind_port;
	}
	if (live->protocol != IPPROTO_TCP)
		return true;
	follow_injected(c, live);
	struct tcp_header *tcp = &live->tcp;
	bool syn = tcp->flags & TCP_SYN;
	if (!want->absolute_sequence)
		tcp->sequence += remote_offset(c, syn);
	if (tcp->flags & TCP_ACK)
		tcp->acknowledgment += local_offset(c, syn);
	tcp_sack_shift(tcp, local_offset(c, syn));
	return want->absolute_echo || timestamp_to_live(connections, c, tcp);
}
