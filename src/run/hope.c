#include "run/hope.h"

#include "run/arrivals.h"
#include "run/comparison.h"
#include "run/elsewhere.h"
#include "run/tell.h"

/* The line that is waiting looks at what comes on its own connection itself. */
static bool is_for_current(const struct running *run, const struct queued *packet)
{
	const struct connection *connection = run->teller.connection;

	return run->teller.step->kind == STEP_EXPECT &&
	       packet->far == run->teller.step->packet->from_peer &&
	       (!connection || packet->bad || packet->connection == connection ||
	        connection_may_adopt(connection, packet->connection, &packet->live));
}

/* Where a mismatch is let pass, the next line takes whatever comes. */
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

static bool is_silence(const struct step *step)
{
	return step->kind == STEP_OBSERVE && step->observe->kind == OBSERVE_SILENCE;
}

bool hope_is_left(struct running *run)
{
	const struct step *step = run->teller.step;
	bool acts = step && step->kind != STEP_EXPECT;

	if (!step || !run->settings->unexpected_fails)
		return true;
	for (const struct queued *packet = run->queue.first; packet; packet = packet->next) {
		if (is_hopeful(run, packet))
			continue;
		/*
		 * It may only be there because this step, which would have prevented it, is late.
		 */
		if (acts && packet->at >= run->timing.due)
			run_note_lateness(run, timing_now(&run->timing));
		if (!acts && elsewhere_is(run, step, packet))
			return elsewhere_fail(run, step, packet);
		return packet_unexpected(run, packet, step->where,
		                         is_silence(step) ? "there was to be silence"
		                                          : "no later line expects a segment");
	}
	return true;
}
