#include "host/host_call.h"

#include <stdint.h>

/* A different byte at each place, so that neither a text nor a number is likely to be the same. */
static uint8_t poison_at(size_t offset)
{
	return (uint8_t)(0xa5 + 59 * offset);
}

void host_output_poison(const struct host_output *output)
{
	uint8_t *bytes = output->bytes;

	for (size_t i = 0; i < output->size; i++)
		bytes[i] = poison_at(i);
}

void host_call_poison(const struct host_call *call)
{
	for (size_t i = 0; i < call->output_count; i++)
		if (call->outputs[i].kind != OUTPUT_GIVEN)
			host_output_poison(&call->outputs[i]);
}

bool host_output_is_untouched(const void *bytes, size_t offset, size_t size)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < size; i++)
		if (at[i] != poison_at(offset + i))
			return false;
	return true;
}
