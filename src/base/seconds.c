#include "base/seconds.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int seconds_print(usec_t time, char text[SECONDS_TEXT])
{
	int length = snprintf(text, SECONDS_TEXT, "%" PRId64 ".%06" PRId64,
	                      (int64_t)(time / USEC_PER_SEC), (int64_t)(time % USEC_PER_SEC));

	while (text[length - 1] == '0')
		text[--length] = '\0';
	if (text[length - 1] == '.')
		text[--length] = '\0';
	return length;
}

int seconds_print_short(usec_t time, char text[SECONDS_TEXT])
{
	int length = seconds_print(time, text);

	if (text[0] == '0' && text[1] == '.')
		memmove(text, text + 1, (size_t)length--);
	return length;
}
