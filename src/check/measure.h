/* By what a run is measured. */
#ifndef TCPCLOSE_CHECK_MEASURE_H
#define TCPCLOSE_CHECK_MEASURE_H

#include "base/usec.h"
#include "model/circumstances.h"

struct shadow_measure {
	enum model_mode mode;
	const char *kernel; /* the version of Linux that did it; NULL: not known, or another TCP */
	/* How late the kernel may be seen to do something, beyond what the model allows it. */
	usec_t slack;
};

#endif
