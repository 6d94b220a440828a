#include "author/exporting.h"

#include <stdarg.h>
#include <string.h>

void losses_add(struct losses *losses, const char *format, ...)
{
	size_t used = strlen(losses->text);
	va_list arguments;

	if (used && used + 2 < LOSSES_TEXT) {
		strcat(losses->text, ", ");
		used += 2;
	}
	va_start(arguments, format);
	vsnprintf(losses->text + used, LOSSES_TEXT - used, format, arguments);
	va_end(arguments);
}

enum said losses_refuse(struct losses *losses, struct range where, const char *format, ...)
{
	char text[LOSSES_TEXT];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	diag_error(losses->diag, where, "packetdrill has no words for this: %s", text);
	return SAID_BAD;
}
