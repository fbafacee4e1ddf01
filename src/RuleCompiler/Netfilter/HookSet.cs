namespace RuleCompiler.Netfilter;

/// <summary>A set of hooks.</summary>
[Flags]
internal enum HookSet
{
    None = 0,
    Prerouting = 1 << Hook.Prerouting,
    Input = 1 << Hook.Input,
    Forward = 1 << Hook.Forward,
    Output = 1 << Hook.Output,
    Postrouting = 1 << Hook.Postrouting,
    All = Prerouting | Input | Forward | Output | Postrouting,
}
