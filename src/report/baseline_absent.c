/* Takes the place of baseline_read.c when the tool was built without libjansson. */
#include "report/baseline.h"

const char *baseline_read(struct baseline *baseline)
{
	(void)baseline;
	return "the tool was built without libjansson, which --baseline needs";
}
