namespace RuleCompiler.Syntax.Parsing;

/// <summary>Reads the value of an argument from its bytes.</summary>
/// <remarks>
/// Between double quotes a backslash takes the next byte as it is; outside them it is an ordinary byte, and so
/// are single quotes. Source: add_param_to_argv in iptables/xshared.c.
/// </remarks>
internal static class ArgumentValue
{
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> argument)
    {
        var quote = argument.IndexOf((byte)'"');
        if (quote < 0)
        {
            return argument;
        }
        var inside = argument[(quote + 1)..];
        // Most often the quotes are at both ends and nothing is escaped: then the value is a slice.
        if (quote == 0 && inside.Length > 0 && inside.IndexOfAny((byte)'\\', (byte)'"') == inside.Length - 1
            && inside[^1] == (byte)'"')
        {
            return inside[..^1];
        }
        var value = new byte[argument.Length - 1];
        argument[..quote].CopyTo(value);
        var length = quote;
        for (var index = 0; index < inside.Length && inside[index] != (byte)'"'; index++)
        {
            if (inside[index] == (byte)'\\' && ++index == inside.Length)
            {
                break;
            }
            value[length++] = inside[index];
        }
        return value.AsSpan(0, length);
    }
}
