#include "author/conversation.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "capture/reader.h"

enum { SLOTS = 2 * FLOWS_MAX, LISTED = 20 };

/* All connections of a file, while it is read. */
struct flows {
	struct flow *list;
	size_t count;
	uint32_t *slots;    /* 1 + an index into the list; 0: free */
	unsigned long lost; /* packets of connections beyond FLOWS_MAX, or of others than `only` */
	const struct endpoint *only; /* keep connections with this end alone; NULL: all */
	unsigned long frames, tcp;
};

/* ---- which connection a packet belongs to ---- */

struct pair {
	struct endpoint from, to;
};

bool endpoint_equal(const struct endpoint *a, const struct endpoint *b)
{
	return a->port == b->port && ip_address_equal(&a->address, &b->address);
}

/*
 * The ends of a segment, or of the segment that an ICMP error quotes, as seen by the sender of the
 * error.
 */
static bool pair_of(const struct segment *segment, struct pair *pair)
{
	const struct icmp_quote *quote = &segment->icmp.quote;

	pair->from.address = segment->source;
	pair->to.address = segment->destination;
	if (segment->protocol == IPPROTO_TCP) {
		pair->from.port = segment->tcp.source;
		pair->to.port = segment->tcp.destination;
		return true;
	}
	if (segment->protocol == IPPROTO_UDP || quote->protocol != IPPROTO_TCP)
		return false;
	pair->from.port = quote->destination;
	pair->to.port = quote->source;
	return true;
}

static bool pair_has(const struct pair *pair, const struct endpoint *end)
{
	return endpoint_equal(&pair->from, end) || endpoint_equal(&pair->to, end);
}

static uint32_t hash_end(const struct endpoint *end)
{
	uint32_t hash =
		hash_add(HASH_BEGIN ^ end->port, end->address.bytes, sizeof(end->address.bytes));

	return hash ^ hash >> 15;
}

/* The slot of a connection, whichever of its ends has sent; or a free slot. */
static uint32_t *find_slot(const struct flows *flows, const struct pair *pair)
{
	uint32_t at = (hash_end(&pair->from) + hash_end(&pair->to)) % SLOTS;

	for (; flows->slots[at]; at = (at + 1) % SLOTS) {
		const struct endpoint *ends = flows->list[flows->slots[at] - 1].ends;

		if ((endpoint_equal(&ends[0], &pair->from) &&
		     endpoint_equal(&ends[1], &pair->to)) ||
		    (endpoint_equal(&ends[1], &pair->from) && endpoint_equal(&ends[0], &pair->to)))
			break;
	}
	return &flows->slots[at];
}

/* A SYN without ACK shows who began. Otherwise it was probably the end with the higher port. */
static void begin_flow(struct flow *flow, const struct pair *pair, const struct segment *segment,
                       unsigned long frame)
{
	uint16_t flags = segment->protocol == IPPROTO_TCP ? segment->tcp.flags : 0;
	bool syn = flags & TCP_SYN;
	bool client = syn ? !(flags & TCP_ACK) : pair->from.port >= pair->to.port;

	*flow = (struct flow){ .frame = frame, .handshake = syn };
	flow->ends[client ? SIDE_CLIENT : SIDE_SERVER] = pair->from;
	flow->ends[client ? SIDE_SERVER : SIDE_CLIENT] = pair->to;
}

static enum side side_of(const struct flow *flow, const struct pair *pair)
{
	return endpoint_equal(&flow->ends[SIDE_CLIENT], &pair->from) ? SIDE_CLIENT : SIDE_SERVER;
}

/*
 * Returns NULL when the packet belongs to no connection, or to one too many. An ICMP error begins
 * no connection.
 */
static struct flow *flow_of(struct flows *flows, const struct segment *segment, unsigned long frame,
                            struct pair *pair)
{
	if (!pair_of(segment, pair))
		return NULL;
	uint32_t *slot = find_slot(flows, pair);
	if (!*slot && segment->protocol == IPPROTO_TCP) {
		if (flows->count == FLOWS_MAX || (flows->only && !pair_has(pair, flows->only))) {
			flows->lost++;
			return NULL;
		}
		begin_flow(&flows->list[flows->count++], pair, segment, frame);
		*slot = (uint32_t)flows->count;
	}
	return *slot ? &flows->list[*slot - 1] : NULL;
}

/* ---- reading the file ---- */

/* What is done with a packet of a connection. Returning false ends the reading. */
typedef bool taker(void *context, const struct captured_packet *packet, struct flow *flow,
                   const struct pair *pair, const struct segment *segment);

/* Reads the file to its end. Returns NULL, or why this was not possible, in the arena. */
static const char *read_file(struct conversation *all, struct flows *flows, taker *take,
                             void *context)
{
	struct captured_packet packet;
	struct segment segment;
	struct pair pair;
	struct reader *reader;
	char error[FAULT_TEXT];
	enum reader_answer answer;
	unsigned long snapped = 0;

	if (reader_open(&reader, all->path, error) != FAULT_NONE)
		return arena_strdup(all->arena, error);
	while ((answer = reader_next(reader, &packet, error)) == READER_PACKET) {
		flows->frames = packet.number;
		if (!packet.bytes || reader_decode(&packet, &segment)) {
			snapped += packet.captured < packet.length;
			continue;
		}
		struct flow *flow = flow_of(flows, &segment, packet.number, &pair);
		if (flow && !take(context, &packet, flow, &pair, &segment))
			break;
	}
	/* The second time, reading may end before the end of the file. */
	if (snapped > all->snapped)
		all->snapped = snapped;
	if (answer == READER_BROKEN)
		all->damage = arena_strdup(all->arena, error);
	reader_close(reader);
	return NULL;
}

static bool count_packet(void *context, const struct captured_packet *packet, struct flow *flow,
                         const struct pair *pair, const struct segment *segment)
{
	struct flows *flows = context;

	(void)packet;
	flows->tcp += segment->protocol == IPPROTO_TCP;
	flow->packets[side_of(flow, pair)]++;
	return true;
}

/* ---- choosing ---- */

bool endpoint_parse(const char *text, struct endpoint *end)
{
	char address[IP_ADDRESS_TEXT + 2], *rest;
	const char *colon = strrchr(text, ':'), *port = colon ? colon + 1 : text;
	unsigned long number = strtoul(port, &rest, 10);

	*end = (struct endpoint){ .port = (uint16_t)number };
	if (rest == port || *rest || number > UINT16_MAX)
		return false;
	if (!colon)
		return true;
	if (*text == '[' && colon > text && colon[-1] == ']')
		text++, colon--;
	snprintf(address, sizeof(address), "%.*s", (int)(colon - text), text);
	if (!ip_address_parse(address, &end->address))
		return false;
	end->address = ip_address_unmap(&end->address);
	return true;
}

static bool has_end(const struct flow *flow, const struct endpoint *end)
{
	for (int side = 0; side < 2; side++)
		if (flow->ends[side].port == end->port &&
		    (!end->address.family ||
		     ip_address_equal(&flow->ends[side].address, &end->address)))
			return true;
	return false;
}

/* A number is that of a connection in the list, or a port when the list has no such number. */
static size_t choose_wanted(struct flows *flows, const char *wanted)
{
	struct endpoint end;
	size_t chosen = 0, number = strtoul(wanted, NULL, 10);
	bool all = !strcmp(wanted, "all"), is_number = !wanted[strspn(wanted, "0123456789")];

	if (!all && !endpoint_parse(wanted, &end))
		return 0;
	for (size_t i = 0; i < flows->count; i++) {
		bool fits = all ||
		            (is_number && number <= flows->count ? i + 1 == number
		                                                 : has_end(&flows->list[i], &end));

		flows->list[i].chosen = fits && chosen < TOGETHER_MAX;
		chosen += flows->list[i].chosen;
	}
	return chosen;
}

static bool has_address(const struct flow *flow, const struct ip_address *address)
{
	return ip_address_equal(&flow->ends[SIDE_CLIENT].address, address) ||
	       ip_address_equal(&flow->ends[SIDE_SERVER].address, address);
}

/* All connections of one machine are taken to be those of one program, when they are few. */
static size_t choose_together(struct flows *flows)
{
	bool together[2] = { true, true };

	for (size_t i = 1; i < flows->count; i++)
		for (int side = 0; side < 2; side++)
			together[side] &=
				has_address(&flows->list[i], &flows->list[0].ends[side].address);
	return flows->count <= TOGETHER_MAX && (together[0] || together[1])
	               ? choose_wanted(flows, "all")
	               : 0;
}

static const char *name_of(const struct endpoint *end, char text[IP_ADDRESS_TEXT + 10])
{
	char address[IP_ADDRESS_TEXT];

	ip_address_print(&end->address, address);
	snprintf(text, IP_ADDRESS_TEXT + 10, end->address.family == AF_INET6 ? "[%s]:%u" : "%s:%u",
	         address, end->port);
	return text;
}

static const char *check_directions(struct conversation *all)
{
	char a[IP_ADDRESS_TEXT + 10], b[IP_ADDRESS_TEXT + 10];
	bool one_way = all->flow_count > 0;
	const struct flow *most = all->flows;

	for (size_t i = 0; i < all->flow_count; i++) {
		const struct flow *flow = &all->flows[i];

		one_way &= !flow->packets[0] != !flow->packets[1];
		if (flow->packets[0] + flow->packets[1] > most->packets[0] + most->packets[1])
			most = flow;
	}
	if (!one_way || most->packets[0] + most->packets[1] < 3)
		return NULL;
	enum side from = most->packets[SIDE_CLIENT] ? SIDE_CLIENT : SIDE_SERVER;
	return arena_printf(
		all->arena, "%s has only one direction, from %s to %s: a script needs both",
		all->path, name_of(&most->ends[from], a), name_of(&most->ends[!from], b));
}

/* ---- keeping ---- */

struct keeping {
	struct conversation *all;
	struct timespec first;
};

static bool keep_packet(void *context, const struct captured_packet *packet, struct flow *flow,
                        const struct pair *pair, const struct segment *segment)
{
	struct keeping *keeping = context;
	struct conversation *all = keeping->all;

	if (!flow->chosen)
		return true;
	if (all->count == PACKETS_MAX) {
		all->cut = true;
		return false;
	}
	if (!all->count) {
		keeping->first = packet->at;
		all->began = packet->at.tv_sec * (usec_t)USEC_PER_SEC +
		             packet->at.tv_nsec / NSEC_PER_USEC;
	}
	struct heard *heard = &all->packets[all->count++];
	*heard = (struct heard){
		.frame = packet->number,
		.at = (packet->at.tv_sec - keeping->first.tv_sec) * (usec_t)USEC_PER_SEC +
		      (packet->at.tv_nsec - keeping->first.tv_nsec) / NSEC_PER_USEC,
		.flow = flow->index,
		.from = side_of(flow, pair),
		.segment = *segment,
	};
	heard->segment.payload = heard->segment.outer = NULL;
	heard->segment.payload_captured = heard->segment.outer_length = 0;
	if (packet->way != WAY_UNKNOWN)
		all->sent_by[packet->way == WAY_SENT ? heard->from : !heard->from] = true;
	return true;
}

static void take_flows(struct conversation *all, struct flows *flows)
{
	unsigned index = 0;

	all->found = flows->count;
	for (size_t i = 0; i < flows->count; i++)
		all->flow_count += flows->list[i].chosen;
	/* When none is chosen, all are kept, so that they can be listed. */
	size_t room = all->flow_count ? all->flow_count : flows->count;
	all->flows = arena_alloc(all->arena, (room + 1) * sizeof(*all->flows));
	for (size_t i = 0; i < flows->count; i++)
		if (flows->list[i].chosen || !all->flow_count) {
			flows->list[i].index = index;
			all->flows[index++] = flows->list[i];
		}
}

/* ---- everything ---- */

static const char *choose(struct conversation *all, struct flows *flows, const char *wanted,
                          bool *several)
{
	if (!flows->count)
		return arena_printf(all->arena, "%s has no TCP in its %lu frames%s", all->path,
		                    flows->frames,
		                    all->snapped ? ", of which too little was kept (snapshot "
		                                   "length): 128 bytes a packet are enough"
		                                 : "");
	size_t chosen = wanted ? choose_wanted(flows, wanted) : choose_together(flows);
	take_flows(all, flows);
	if (chosen)
		return check_directions(all);
	*several = true;
	return arena_printf(all->arena, "%s has %s%lu connections%s%s: --flow=N chooses", all->path,
	                    flows->lost ? "more than " : "", all->found,
	                    wanted ? ", but none is " : "", wanted ? wanted : "");
}

static bool knows_end(const struct flows *flows, const struct endpoint *end)
{
	for (size_t i = 0; i < flows->count; i++)
		if (has_end(&flows->list[i], end))
			return true;
	return false;
}

static const char *count_again(struct conversation *all, struct flows *flows,
                               const struct endpoint *only)
{
	memset(flows->list, 0, FLOWS_MAX * sizeof(*flows->list));
	memset(flows->slots, 0, SLOTS * sizeof(*flows->slots));
	*flows = (struct flows){ .list = flows->list, .slots = flows->slots, .only = only };
	return read_file(all, flows, count_packet, flows);
}

static const char *read_twice(struct conversation *all, struct flows *flows, const char *wanted,
                              bool *several)
{
	struct keeping keeping = { .all = all };
	struct endpoint end;
	const char *why = read_file(all, flows, count_packet, flows);

	/* The wanted one may be among those that were too many; or else all are listed. */
	if (!why && flows->lost && wanted && strchr(wanted, ':') && endpoint_parse(wanted, &end) &&
	    !knows_end(flows, &end))
		why = count_again(all, flows, &end);
	if (!why && flows->only && !flows->count)
		why = count_again(all, flows, NULL);
	if (!why)
		why = choose(all, flows, wanted, several);
	if (why)
		return why;
	all->packets = arena_alloc(all->arena, PACKETS_MAX * sizeof(*all->packets));
	return read_file(all, flows, keep_packet, &keeping);
}

const char *conversation_read(struct conversation *all, struct arena *arena, const char *path,
                              const char *wanted, bool *several)
{
	struct flows flows = { 0 };
	const char *why = "out of memory";

	*all = (struct conversation){ .arena = arena, .path = path };
	*several = false;
	if (!strcmp(path, "-"))
		return "a capture is read twice, so it must be a file, not standard input";
	flows.list = calloc(FLOWS_MAX, sizeof(*flows.list));
	flows.slots = calloc(SLOTS, sizeof(*flows.slots));
	if (flows.list && flows.slots)
		why = read_twice(all, &flows, wanted, several);
	free(flows.list);
	free(flows.slots);
	return why;
}

enum side flow_side_of(const struct flow *flow, const struct ip_address *address,
                       enum side otherwise)
{
	bool client = ip_address_equal(&flow->ends[SIDE_CLIENT].address, address);
	bool server = ip_address_equal(&flow->ends[SIDE_SERVER].address, address);

	return client == server ? otherwise : client ? SIDE_CLIENT : SIDE_SERVER;
}

bool conversation_choose_side(struct conversation *all, const char *wanted)
{
	struct ip_address address;
	const struct endpoint *ends = all->flows[0].ends;
	bool is_address = ip_address_parse(wanted, &address);

	for (int side = SIDE_CLIENT; side <= SIDE_SERVER; side++)
		if (!strcmp(wanted, side == SIDE_CLIENT ? "client" : "server") ||
		    (is_address && ip_address_equal(&ends[side].address, &address))) {
			all->side_given = true;
			all->side = (enum side)side;
		}
	return all->side_given;
}

const char *conversation_end(const struct conversation *all, const struct endpoint *end)
{
	char text[IP_ADDRESS_TEXT + 10];

	return arena_strdup(all->arena, name_of(end, text));
}

const char *conversation_name(const struct conversation *all, size_t flow)
{
	char a[IP_ADDRESS_TEXT + 10], b[IP_ADDRESS_TEXT + 10];

	return arena_printf(all->arena, "%s > %s", name_of(&all->flows[flow].ends[SIDE_CLIENT], a),
	                    name_of(&all->flows[flow].ends[SIDE_SERVER], b));
}

const char *conversation_list(const struct conversation *all)
{
	size_t count = all->flow_count ? all->flow_count : all->found;
	const char *text = "";

	for (size_t i = 0; i < count; i++) {
		const struct flow *flow = &all->flows[i];

		if (i == LISTED)
			return arena_printf(all->arena, "%s      ... and %zu more\n", text,
			                    count - i);
		text = arena_printf(all->arena, "%s%6zu  %s, %lu packets\n", text, i + 1,
		                    conversation_name(all, i), flow->packets[0] + flow->packets[1]);
	}
	return text;
}
