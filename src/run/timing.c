#include "run/timing.h"

void timing_init(struct timing *timing, struct host *host, const struct settings *settings)
{
	*timing = (struct timing){ .host = host, .settings = settings };
}

void timing_start(struct timing *timing, usec_t host_time)
{
	timing->start = host_time;
}

usec_t timing_now(const struct timing *timing)
{
	return timing_script(timing, timing->host->clock->now(timing->host));
}

usec_t timing_script(const struct timing *timing, usec_t host_time)
{
	return host_time - timing->start;
}

usec_t timing_host(const struct timing *timing, usec_t script_time)
{
	return script_time == USEC_FOREVER ? USEC_FOREVER : timing->start + script_time;
}

usec_t timing_tolerance(const struct timing *timing, usec_t since)
{
	usec_t percent = (usec_t)(timing->settings->tolerance_percent / 100.0 * (double)since);

	return percent > timing->settings->tolerance ? percent : timing->settings->tolerance;
}

usec_t timing_tolerance_of_step(const struct timing *timing)
{
	return timing_tolerance(timing, timing->due - timing->previous.over);
}

static usec_t base_of(const struct timing *timing, const struct step *step)
{
	switch (step->time) {
	case TIME_RELATIVE:
	case TIME_RELATIVE_RANGE:
		return timing->previous.injected && step->kind == STEP_INJECT
		               ? timing->previous.due
		               : timing->previous.over;
	case TIME_ANY:
		return timing->previous.over;
	case TIME_ABSOLUTE:
	case TIME_ABSOLUTE_RANGE:
		break;
	}
	return 0;
}

void timing_begin(struct timing *timing, const struct step *step)
{
	usec_t base = base_of(timing, step);
	bool range = step->time == TIME_RELATIVE_RANGE || step->time == TIME_ABSOLUTE_RANGE;

	timing->due = base + step->at;
	timing->until = base + (range ? step->until : step->at);
	timing->over = -1;
	timing->took = 0;
}

void timing_end(struct timing *timing, const struct step *step)
{
	timing->previous.over = timing->over < 0 ? timing_now(timing) : timing->over;
	timing->previous.due = timing->due;
	timing->previous.took = timing->took;
	timing->previous.injected = step->kind == STEP_INJECT;
}

void timing_stir(struct timing *timing)
{
	timing->stirred = true;
}

void timing_put_off(struct timing *timing, usec_t due)
{
	timing->due = due;
}

void timing_over(struct timing *timing, usec_t at)
{
	timing->over = at;
}

void timing_took(struct timing *timing, usec_t took)
{
	timing->took = took;
}

usec_t timing_earliest(const struct timing *timing)
{
	return timing->due > timing->previous.over ? timing->due : timing->previous.over;
}
