namespace RuleCompiler.Cli.Output;

/// <summary>The few terminal codes in use (ECMA-48, SGR).</summary>
internal static class Ansi
{
    public static ReadOnlySpan<byte> Reset => "\e[0m"u8;

    public static ReadOnlySpan<byte> Bold => "\e[1m"u8;

    public static ReadOnlySpan<byte> Dim => "\e[2m"u8;

    public static ReadOnlySpan<byte> Red => "\e[31m"u8;

    public static ReadOnlySpan<byte> Green => "\e[32m"u8;

    public static ReadOnlySpan<byte> Yellow => "\e[33m"u8;

    public static ReadOnlySpan<byte> Cyan => "\e[36m"u8;
}
