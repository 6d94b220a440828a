#include "run/hope.h"

#include "run/arrivals.h"
#include "run/comparison.h"
#include "run/elsewhere.h"
#include "run/extra.h"
#include "run/tell.h"

/* The line that is waiting deals itself with what comes on its own connection. */
static bool is_for_current(const struct running *run, const struct queued *packet)
{
	const struct connection *connection = run->teller.connection;

	return run->teller.step->kind == STEP_EXPECT &&
	       packet->far == run->teller.step->packet->from_peer &&
	       (!connection || packet->bad || packet->connection == connection ||
	        connection_may_adopt(connection, packet->connection, &packet->live));
}

/* Where a mismatch is only a warning, the next line takes any packet. */
static bool is_hopeful(const struct running *run, const struct queued *packet)
{
	const struct step *step = run->teller.step;

	if (is_for_current(run, packet))
		return true;
	for (;; step++) {
		if (step->kind == STEP_EXPECT && (run->settings->non_fatal_packet || packet->bad ||
		                                  comparison_may_want(step->packet, packet)))
			return true;
		if (!step->expects_after)
			return false;
	}
}

/*
 * A line that the script comes to without waiting may want it, wrong as it is: it is the line that
 * is to be written anew then.
 */
static bool is_near(const struct running *run, const struct queued *packet)
{
	const struct program *program = run->program;
	const struct step *step = run->teller.step;

	for (; step < program->steps + program->count; step++) {
		if (step->kind == STEP_EXPECT && packet->connection &&
		    comparison_is_alike(run, packet->connection, step->packet, packet))
			return true;
		if (step + 1 < program->steps + program->count && step[1].at > 0)
			return false;
	}
	return false;
}

static bool is_silence(const struct step *step)
{
	return step->kind == STEP_OBSERVE && step->observe->kind == OBSERVE_SILENCE;
}

/* A script that is to be written gets a line for each segment that no line can want. */
static void take_extras(struct running *run)
{
	for (struct queued *packet = run->queue.first, *next; packet; packet = next) {
		next = packet->next;
		if (!packet->bad && !is_hopeful(run, packet) && !is_near(run, packet))
			extra_take(run, packet);
	}
}

bool hope_is_left(struct running *run)
{
	const struct step *step = run->teller.step;
	bool acts = step && step->kind != STEP_EXPECT;

	if (!step || !run->settings->unexpected_fails)
		return true;
	if (run->settings->bless)
		take_extras(run);
	for (const struct queued *packet = run->queue.first; packet; packet = packet->next) {
		if (is_hopeful(run, packet))
			continue;
		/*
		 * The packet may only be there because this step is late, which would have
		 * prevented it.
		 */
		if (acts && packet->at >= run->timing.due)
			run_note_lateness(run, timing_now(&run->timing));
		if (!acts && elsewhere_is(run, step, packet))
			return elsewhere_fail(run, step, packet);
		return packet_unexpected(run, packet, step->where,
		                         is_silence(step) ? "the script wants silence here"
		                                          : "no later line expects a segment");
	}
	return true;
}
