#include "run/extra.h"

#include "run/tell.h"
#include "verdict/mend.h"

enum { ROUND = USEC_PER_MSEC }; /* to which a time that is shifted is rounded */

void extra_begin(struct running *run)
{
	run->past.steps =
		arena_alloc(run->arena, (run->program->count + 1) * sizeof(*run->past.steps));
}

void extra_step_over(struct running *run, const struct step *step)
{
	size_t index = (size_t)(step - run->program->steps);
	usec_t over = run->timing.previous.over;

	run->past.steps[index] = (struct past_step){
		.begun = over - run->timing.previous.took,
		.over = over,
		.current = run->connections.current,
	};
	run->past.count = index + 1;
}

/* How many steps had begun when the packet came. Its line comes after these. */
static size_t place_of(const struct running *run, usec_t at)
{
	size_t place = run->past.count;

	while (place && run->past.steps[place - 1].begun > at)
		place--;
	return place;
}

static usec_t base_of(const struct running *run, size_t place)
{
	return place ? run->past.steps[place - 1].over : 0;
}

bool extra_is_early(const struct running *run, const struct step *step, const struct queued *packet)
{
	usec_t earliest = run->timing.due - timing_tolerance_of_step(&run->timing) -
	                  run->timing.previous.took;

	return step->time != TIME_ANY && packet->at < earliest &&
	       place_of(run, packet->at) < run->past.count;
}

/* ---- the time of what follows ---- */

static bool is_relative(const struct step *step)
{
	return step->time == TIME_RELATIVE || step->time == TIME_RELATIVE_RANGE;
}

static usec_t shifted(usec_t time, usec_t by)
{
	usec_t sum = time + by;

	return sum < ROUND ? 0 : (sum + ROUND / 2) / ROUND * ROUND;
}

/* The time no longer counts from what was between. */
static void shift_time(struct running *run, const struct step *step, usec_t by)
{
	struct edits *edits = &run->teller.evidence->edits;
	struct edit *edit;

	if (!is_relative(step) || (by > -ROUND && by < ROUND))
		return;
	edit = edits_add(edits, EDIT_TIME, step->time_where, "%s", "");
	edit->from = shifted(step->at, by);
	edit->until = step->time == TIME_RELATIVE_RANGE ? shifted(step->until, by) : edit->from;
	edit->own = step->kind != STEP_EXPECT;
	if (step->kind != STEP_CALL || !step->call->blocking)
		return;
	edit = edits_add(edits, EDIT_TIME, step->call->end_where, "%s", "");
	edit->own = edit->absolute = true;
	edit->from = edit->until = shifted(step->call->end, by);
}

/* ---- a line for a segment ---- */

/* The packet as the line that wants it would see it: the number of a SYN is 0. */
static void suppose(const struct queued *packet, struct packet_want *want,
                    struct script_segment *seen)
{
	struct connection as_if;

	*want = (struct packet_want){ .segment = packet->live.segment };
	want->segment.tcp.sequence = 0;
	want->segment.tcp.options_length = 0;
	connection_suppose(packet->connection, want, &packet->live, &as_if, seen);
}

/* Data that continues that of the line before belongs to the same line. */
static bool goes_on(const struct running *run, const struct queued *packet,
                    const struct segment *seen, size_t place)
{
	const uint16_t may_differ = TCP_FIN | TCP_PSH | TCP_CWR;
	const struct tcp_header *last = &run->past.last.tcp, *next = &seen->tcp;

	return run->past.line && run->past.place == place &&
	       run->past.connection == packet->connection &&
	       packet->at - run->past.at <= run->settings->tolerance &&
	       seen->protocol == IPPROTO_TCP && seen->payload_length &&
	       run->past.last.payload_length && !(last->flags & TCP_FIN) &&
	       next->sequence == last->sequence + run->past.last.payload_length &&
	       next->acknowledgment == last->acknowledgment &&
	       (next->flags & ~may_differ) == (last->flags & ~may_differ) &&
	       run->past.last.payload_length + seen->payload_length <= UINT16_MAX;
}

static void go_on(struct running *run, const struct segment *seen)
{
	struct segment *last = &run->past.last;

	last->payload_length += seen->payload_length;
	last->tcp.flags = (seen->tcp.flags & ~TCP_CWR) | (last->tcp.flags & TCP_CWR);
}

static void add_line(struct running *run, const struct queued *packet, size_t place)
{
	const struct program *program = run->program;
	struct edits *edits = &run->teller.evidence->edits;
	const struct range none = { 0, 0 };
	usec_t base = base_of(run, place), since = base;

	if (run->past.line && run->past.place == place && run->past.at > base)
		since = run->past.at;
	struct edit *line = edits_add(edits, EDIT_LINE,
	                              place ? program->steps[place - 1].where : none, "%s", "");
	line->next = place < program->count ? program->steps[place].where : none;
	edits_narrowest(packet->at - since,
	                trace_quiet_before(&run->teller.evidence->trace, packet->event),
	                run->settings->tolerance, &line->from, &line->until);
	run->past.line = line;
	run->past.place = place;
	run->past.at = packet->at;
	run->past.connection = packet->connection;
	if (place < program->count)
		shift_time(run, &program->steps[place], base - packet->at);
}

/*
 * Tells whether the line needs ports, to say which connection it means, or because the line before
 * has them. *known tells that the ports come from the script, and were not chosen by the kernel.
 */
static bool wants_ports(const struct running *run, const struct queued *packet, size_t place,
                        bool *known)
{
	const struct tcp_header *sent = &packet->live.segment.tcp;
	const uint16_t ports[2] = { sent->source, sent->destination };
	const struct connection *current = place ? run->past.steps[place - 1].current : NULL;

	*known = true;

	while (place-- > 0) {
		const struct step *step = &run->program->steps[place];
		const struct tcp_header *other;

		if (step->kind != STEP_INJECT && step->kind != STEP_EXPECT)
			continue;
		other = &step->packet->segment.tcp;
		bool in = step->kind == STEP_INJECT;
		if (step->packet->has_ports &&
		    (in ? other->destination : other->source) == ports[0] &&
		    (in ? other->source : other->destination) == ports[1])
			return true;
		break;
	}
	*known = sent->source == run->settings->bind_port;
	return packet->connection != current;
}

/* A SYN from ports that another connection had belongs to the one that connects. */
static void adopt(struct running *run, struct queued *packet)
{
	struct connection *current = run->connections.current;

	if (!current || current == packet->connection ||
	    !connection_may_adopt(current, packet->connection, &packet->live))
		return;
	connection_adopt(current, &packet->live);
	packet->connection = current;
}

void extra_mend(struct running *run, const struct queued *packet)
{
	struct edits *edits = &run->teller.evidence->edits;
	size_t place = place_of(run, packet->at);
	struct packet_want want;
	struct script_segment seen;

	/* The numbers of a connection that no line is about mean nothing to the script. */
	if (!packet->connection) {
		edits_give_up(edits, teller_where(run));
		return;
	}
	suppose(packet, &want, &seen);
	if (goes_on(run, packet, &seen.segment, place)) {
		go_on(run, &seen.segment);
	} else {
		add_line(run, packet, place);
		run->past.last = seen.segment;
	}
	bool known, ports = wants_ports(run, packet, place, &known);
	if ((ports && !known) || !mend_line(&run->past.last, ports, run->past.line->text))
		edits_give_up(edits, run->past.line->where);
}

void extra_take(struct running *run, struct queued *packet)
{
	struct packet_want want;
	struct script_segment seen;

	adopt(run, packet);
	extra_mend(run, packet);
	if (packet->connection) {
		suppose(packet, &want, &seen);
		connection_learn(&run->connections, packet->connection, &want, &packet->live);
	}
	run->teller.evidence->let_pass_count++;
	queue_remove(&run->queue, packet);
}

/* ---- a line without a segment ---- */

void extra_leave_out(struct running *run, const struct step *step)
{
	size_t index = (size_t)(step - run->program->steps);

	edits_add(&run->teller.evidence->edits, EDIT_OUT, step->where, "it did not come");
	if (is_relative(step) && index + 1 < run->program->count)
		shift_time(run, step + 1, step->at);
}
