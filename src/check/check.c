#include "check/check.h"

#include <netinet/in.h>

#include "capture/reader.h"
#include "check/connections.h"
#include "model/model.h"

/*
 * A FIN is reported that is sent at least so often, over at least so long a time, and is never
 * acknowledged.
 */
enum { FIN_TIMES = 3, FIN_FOR = 3 * USEC_PER_SEC };

struct check {
	const char *path;
	struct connections *connections;
	unsigned long packets, findings;
	size_t in_part; /* endpoints that were too uncertain to be judged to their end */
	FILE *out;
};

/* ---- telling ---- */

static void print_end(FILE *out, const struct check_endpoint *end)
{
	char text[IP_ADDRESS_TEXT];
	const char *format = end->address.family == AF_INET6 ? "[%s]:%u" : "%s:%u";

	fprintf(out, format, ip_address_print(&end->address, text), end->port);
}

/* Sequence numbers are printed relative to the SYNs, if those were seen. */
static void print_segment(FILE *out, const struct check_connection *c, unsigned from,
                          const struct segment *segment)
{
	struct segment relative = *segment;
	char text[SEGMENT_TEXT];

	relative.tcp.sequence -= c->ends[from].isn;
	if (segment->tcp.flags & TCP_ACK)
		relative.tcp.acknowledgment -= c->ends[!from].isn;
	fprintf(out, "    %s\n", segment_print(&relative, text, sizeof(text)));
}

static void print_head(struct check *check, const struct check_connection *c, unsigned from,
                       uint64_t frame, const char *what)
{
	fprintf(check->out, "%s: frame %llu: ", check->path, (unsigned long long)frame);
	print_end(check->out, &c->ends[from]);
	fputs(" > ", check->out);
	print_end(check->out, &c->ends[!from]);
	fprintf(check->out, ": %s\n", what);
	check->findings++;
}

/* Prints for example "    in FIN_WAIT_1 or FIN_WAIT_2". */
static void print_states(FILE *out, const struct model *model)
{
	unsigned states = model_states(model);
	const char *between = "    in ";

	for (unsigned i = 0; i < STATE_COUNT; i++) {
		if (!(states & 1u << i))
			continue;
		fprintf(out, "%s%s", between, tcp_state_name((enum tcp_state)i));
		between = " or ";
	}
}

static void print_finding(struct check *check, const struct check_connection *c, unsigned from,
                          const struct segment *segment)
{
	const struct model_finding *finding = &c->ends[from].model.finding;

	print_head(check, c, from, finding->place, finding->rule->text);
	print_segment(check->out, c, from, segment);
	print_states(check->out, &c->ends[from].model);
	if (finding->cause)
		fprintf(check->out, ", after frame %llu", (unsigned long long)finding->cause);
	fprintf(check->out, "\n    %s: %s\n", finding->rule->name, finding->rule->clause);
}

/* ---- FINs ---- */

static void note_fin(struct check_endpoint *end, const struct segment *segment, usec_t at,
                     uint64_t frame)
{
	uint32_t fin = seq_end(segment) - 1;

	if (!end->fin_seen || end->fin != fin) {
		end->fin_seen = true;
		end->fin = fin;
		end->fin_count = 0;
		end->fin_acked = false;
		end->fin_frame = frame;
		end->fin_first = at;
	}
	end->fin_count++;
	end->fin_last = at;
}

static void note(struct check_connection *c, unsigned from, const struct segment *segment,
                 usec_t at, uint64_t frame)
{
	struct check_endpoint *end = &c->ends[from], *peer = &c->ends[!from];
	unsigned flags = segment->tcp.flags;

	if (!end->sends || (flags & TCP_SYN && !end->isn_known)) {
		end->isn = segment->tcp.sequence;
		end->isn_known = (flags & TCP_SYN) != 0;
	}
	if (!peer->sends && !peer->isn_known && flags & TCP_ACK)
		peer->isn = segment->tcp.acknowledgment;
	if ((flags & (TCP_SYN | TCP_ACK)) == TCP_SYN && segment->tcp.sequence != end->isn) {
		end->isn = segment->tcp.sequence; /* a new connection with the same ports begins */
		end->fin_seen = peer->fin_seen = c->reset = false;
		peer->isn_known = false;
	}
	end->sends = true;
	c->reset |= (flags & TCP_RST) != 0;
	if (flags & TCP_FIN)
		note_fin(end, segment, at, frame);
	if (flags & TCP_ACK && peer->fin_seen &&
	    !seq_before(segment->tcp.acknowledgment, peer->fin + 1))
		peer->fin_acked = true;
}

static const struct rule fin_unacknowledged = {
	"fin-unacknowledged",
	"RFC 9293 3.10.7.4, eighth",
	"a FIN is acknowledged",
	DEPARTURE_NONE,
};

/* Reports what can only be said when nothing more comes. */
static void judge_last(struct check *check, const struct check_connection *c)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct check_endpoint *end = &c->ends[i];
		char what[128];

		if (end->model.silent && !end->model.finding.rule)
			check->in_part++;
		if (!end->fin_seen || end->fin_acked || c->reset || !c->ends[!i].sends ||
		    end->fin_count < FIN_TIMES || end->fin_last - end->fin_first < FIN_FOR)
			continue;
		snprintf(what, sizeof(what),
		         "this FIN, sent %u times in %.1f s, is never acknowledged", end->fin_count,
		         (double)(end->fin_last - end->fin_first) / USEC_PER_SEC);
		print_head(check, c, i, end->fin_frame, what);
		fprintf(check->out, "    %s: %s\n", fin_unacknowledged.name,
		        fin_unacknowledged.clause);
	}
}

/* ---- packets ---- */

/* Returns false when there is no memory. */
static bool take_packet(struct check *check, const struct captured_packet *packet)
{
	usec_t at = (usec_t)packet->at.tv_sec * USEC_PER_SEC + packet->at.tv_nsec / NSEC_PER_USEC;
	struct segment segment;
	struct check_connection *c, *left;
	unsigned from;

	check->packets++;
	if (!packet->bytes || reader_decode(packet, &segment) || segment.protocol != IPPROTO_TCP)
		return true;
	c = connections_find(check->connections, &segment, at, &from, &left);
	if (!c)
		return false;
	if (left)
		judge_last(check, left);
	note(c, from, &segment, at, packet->number);
	if (model_sends(&c->ends[from].model, &segment, at, packet->number))
		print_finding(check, c, from, &segment);
	model_arrives(&c->ends[!from].model, &segment, at, packet->number);
	return true;
}

static enum check_result read_all(struct check *check, struct reader *reader, FILE *errors)
{
	struct captured_packet packet;
	char error[FAULT_TEXT];

	for (;;) {
		switch (reader_next(reader, &packet, error)) {
		case READER_PACKET:
			if (take_packet(check, &packet))
				continue;
			fprintf(errors, "%s: out of memory\n", check->path);
			return CHECK_BROKEN;
		case READER_BROKEN:
			fprintf(errors, "%s\n", error);
			return CHECK_BROKEN;
		case READER_END:
			return CHECK_NOTHING;
		}
	}
}

static void judge_rest(struct check *check)
{
	const struct check_connection *c = NULL;

	while ((c = connections_next(check->connections, c)))
		judge_last(check, c);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void print_totals(const struct check *check)
{
	size_t connections = connections_count(check->connections);

	fprintf(check->out, "%lu packet%s, %zu connection%s, %lu finding%s", check->packets,
	        plural(check->packets), connections, plural(connections), check->findings,
	        plural(check->findings));
	if (check->in_part)
		fprintf(check->out, " (%zu end%s of a connection judged only in part)",
		        check->in_part, plural(check->in_part));
	fputc('\n', check->out);
}

enum check_result check_pcap(const char *path, enum model_mode mode, FILE *out, FILE *errors)
{
	struct model_circumstances circumstances = { .mode = mode, .may_reuse = true };
	struct check check = { .path = path, .out = out };
	struct reader *reader = NULL;
	enum check_result result = CHECK_BROKEN;
	char error[FAULT_TEXT];

	if (reader_open(&reader, path, error) != FAULT_NONE) {
		fprintf(errors, "%s\n", error);
		return CHECK_BROKEN;
	}
	check.connections = connections_new(&circumstances);
	if (check.connections) {
		result = read_all(&check, reader, errors);
		judge_rest(&check);
		print_totals(&check);
	}
	connections_free(check.connections);
	reader_close(reader);
	return result == CHECK_NOTHING && check.findings ? CHECK_FOUND : result;
}
