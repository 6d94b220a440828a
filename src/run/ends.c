#include "run/ends.h"

#include "run/tell.h"

void ends_note(struct running *run, unsigned host_number, int status, usec_t at)
{
	const struct actor *actor = actors_end(&run->actors, host_number);
	size_t about = run->teller.event;
	struct event *event;

	if (!actor)
		return;
	event = run_event(run, EVENT_ENDED, actor->where, at);
	event->result = status;
	run_tell(run, event);
	run_about(run, about);
}
