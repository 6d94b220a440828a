#include "remote/clock_offset.h"

bool clock_offset_learn(struct clock_offset *offset, usec_t asked, usec_t there, usec_t answered)
{
	usec_t least = there - answered, most = there - asked;
	usec_t passed = offset->known ? answered - offset->at : 0, drift = passed / CLOCK_DRIFT + 1;

	if (most < least)
		return false;
	if (offset->known && least < offset->least - drift)
		least = offset->least - drift;
	if (offset->known && most > offset->most + drift)
		most = offset->most + drift;
	*offset = (struct clock_offset){ true, least, most, answered };
	return passed >= 0 && least <= most;
}

usec_t clock_offset_here(const struct clock_offset *offset, usec_t there)
{
	return there - offset->least - (offset->most - offset->least) / 2;
}

usec_t clock_offset_doubt(const struct clock_offset *offset)
{
	return (offset->most - offset->least + 1) / 2;
}
