#include "run/lateness.h"

#include <stdlib.h>

void lateness_note(struct lateness *lateness, usec_t due, usec_t at)
{
	usec_t late = at > due ? at - due : 0;

	lateness->sum += late;
	if (late > lateness->max)
		lateness->max = late;
	if (late > lateness->recent)
		lateness->recent = late;
	lateness->samples[lateness->count++ % LATENESS_SAMPLES] =
		late > UINT32_MAX ? UINT32_MAX : (uint32_t)late;
}

void lateness_held(struct lateness *lateness)
{
	lateness->recent = 0;
}

void lateness_note_kernel(struct lateness *lateness, usec_t late)
{
	if (late > 0)
		lateness->kernel += late;
}

void lateness_note_command(struct lateness *lateness, usec_t took)
{
	if (took > lateness->command_max)
		lateness->command_max = took;
}

static int compare_samples(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

usec_t lateness_percentile(struct lateness *lateness, unsigned percent)
{
	size_t n = lateness->count < LATENESS_SAMPLES ? lateness->count : LATENESS_SAMPLES;

	if (!n)
		return 0;
	qsort(lateness->samples, n, sizeof(*lateness->samples), compare_samples);
	return lateness->samples[n * percent / 100];
}
