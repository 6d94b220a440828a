#include "run/wait.h"

#include "run/arrivals.h"
#include "run/calls.h"
#include "run/ends.h"
#include "run/hope.h"
#include "run/tell.h"

bool run_wait_event(struct running *run, usec_t time, bool *time_is_up)
{
	struct host_packet packet;

	*time_is_up = false;
	switch (run->host->wire->wait(run->host, timing_host(&run->timing, time), &packet)) {
	case HOST_PACKET:
		packet_arrived(run, &packet);
		return hope_is_left(run);
	case HOST_CALL:
		return calls_finish(run);
	case HOST_ENDED:
		ends_note(run, run->host->end.process, run->host->end.status,
		          timing_script(&run->timing, run->host->end.at));
		return true;
	case HOST_TIME:
		*time_is_up = true;
		return true;
	case HOST_STOPPED:
		return run_end(run, ENDING_BROKEN, teller_where(run), "stopped by a signal");
	case HOST_BROKEN:
		break;
	}
	return run_end(run, ENDING_BROKEN, teller_where(run), "%s", run->host->error);
}

bool run_wait_until(struct running *run, usec_t time)
{
	bool time_is_up = false;

	while (!time_is_up)
		if (!run_wait_event(run, time, &time_is_up))
			return false;
	return true;
}
