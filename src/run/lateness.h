/*
 * How late the harness was. No step is skipped, and none fails, because it is late. The lateness is
 * noted. When something fails after more lateness than the tolerance, this tells nothing about the
 * kernel.
 *
 * Everybody may read the fields; only these functions change them.
 */
#ifndef TCPCLOSE_RUN_LATENESS_H
#define TCPCLOSE_RUN_LATENESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/usec.h"

enum { LATENESS_SAMPLES = 4096 };

/* Begins with zeros. */
struct lateness {
	usec_t sum; /* of all samples */
	usec_t max;
	usec_t recent;      /* the greatest since the last event that held */
	usec_t kernel;      /* of the kernel's own segments, all of them together */
	usec_t command_max; /* the longest that a shell command took, between other steps */
	uint32_t samples[LATENESS_SAMPLES];
	size_t count; /* of all samples; only the last ones are kept, as in a ring */
};

/* Notes that something which was due at `due` was done at `at`. */
void lateness_note(struct lateness *lateness, usec_t due, usec_t at);

/* Something was as the script has it, so earlier lateness has done no harm to it. */
void lateness_held(struct lateness *lateness);

/* A segment that a line wanted came so much later than it could have. */
void lateness_note_kernel(struct lateness *lateness, usec_t late);

/* A shell command took so long. */
void lateness_note_command(struct lateness *lateness, usec_t took);

/*
 * The lateness that `percent` of the samples do not exceed; 0 when there are none. This sorts the
 * samples.
 */
usec_t lateness_percentile(struct lateness *lateness, unsigned percent);

#endif
