namespace RuleCompiler.PacketSpaces;

/// <summary>Finds where to cut in two.</summary>
internal static class Medians
{
    /// <summary>The upper median of some values, one at least, by Hoare's selection; they are left in another order.</summary>
    public static uint Upper(Span<uint> values)
    {
        int low = 0, high = values.Length - 1, wanted = values.Length / 2;
        while (low < high)
        {
            var pivot = values[(low + high) >>> 1];
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }
                while (values[j] > pivot)
                {
                    j--;
                }
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }
            (low, high) = wanted <= j ? (low, j) : wanted >= i ? (i, high) : (wanted, wanted);
        }
        return values[wanted];
    }
}
