using System.Globalization;
using System.Net;
using System.Text;

namespace MyChat.Bench.Measuring;

/// <summary>A line of a plot.</summary>
internal sealed record Line(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Plots, as SVG.</summary>
internal static class Plot
{
    private const int Width = 900;
    private const int Height = 260;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 20;
    private const int Bottom = 40;
    private const int Ticks = 5;

    private static readonly string[] Colours = ["#1565c0", "#e65100", "#2e7d32"];

    /// <summary>Lines from 0 on, on both axes.</summary>
    public static string Lines(string title, string xUnit, string yUnit, IReadOnlyList<Line> lines)
    {
        var xMost = Most(lines.SelectMany(line => line.Points), point => point.X);
        var yMost = RoundUp(Most(lines.SelectMany(line => line.Points), point => point.Y));
        var svg = new StringBuilder();
        for (var i = 0; i <= Ticks; i++)
        {
            Grid(svg, Y(yMost * i / Ticks, yMost), $"{yMost * i / Ticks:#,0.##}");
            Label(svg, X(xMost * i / Ticks, xMost), $"{xMost * i / Ticks:0.#}{(i == Ticks ? " " + xUnit : "")}");
        }
        for (var i = 0; i < lines.Count; i++)
        {
            Draw(svg, lines[i], i, point => (X(point.X, xMost), Y(point.Y, yMost)));
        }
        return Figure($"{title} ({yUnit})", svg);
    }

    /// <summary>Percentiles, drawn apart the more the rarer they are, over a logarithm of milliseconds.</summary>
    public static string Percentiles(string title, Histogram times)
    {
        double[] shares = [0, 0.5, 0.9, 0.99, 0.999, 0.9999];
        string[] names = ["0", "50", "90", "99", "99.9", "99.99 %"];
        const double Steps = 4;
        var points = Enumerable.Range(0, (int)(Steps * 10) + 1)
            .Select(i => i / 10.0)
            .Select(place => (place, Math.Max(0.01, times.Milliseconds(1 - Math.Pow(10, -place)))))
            .ToList();
        var (least, most) = (Math.Floor(Math.Log10(points[0].Item2)), Math.Ceiling(Math.Log10(Math.Max(times.MaxMilliseconds, 0.02))));
        var svg = new StringBuilder();
        for (var power = least; power <= most; power++)
        {
            Grid(svg, Y(power - least, most - least), $"{Math.Pow(10, power):0.##}{(power == most ? " ms" : "")}");
        }
        for (var i = 0; i < shares.Length; i++)
        {
            Label(svg, X(-Math.Log10(1 - shares[i]), Steps), names[i]);
        }
        Draw(svg, new Line("time", points), 0, point => (X(point.X, Steps), Y(Math.Log10(point.Y) - least, most - least)));
        return Figure($"{title}, {times.Count:#,0} of them; longest {times.MaxMilliseconds:0.##} ms", svg);
    }

    private static double Most(IEnumerable<(double X, double Y)> points, Func<(double X, double Y), double> value) =>
        Math.Max(points.Select(value).DefaultIfEmpty().Max(), 1e-9);

    // 1, 2 or 5 and zeros.
    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * (value / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static double X(double value, double most) => Left + (value / most * (Width - Left - Right));

    private static double Y(double value, double most) => Height - Bottom - (value / most * (Height - Top - Bottom));

    private static void Grid(StringBuilder svg, double y, string text) => svg.Append(
        CultureInfo.InvariantCulture,
        $"""
        <path d="M{Left} {y:0.#}H{Width - Right}" stroke="#8884"/><text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end">{text}</text>

        """);

    private static void Label(StringBuilder svg, double x, string text) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{Height - 15}\" text-anchor=\"middle\">{text}</text>\n");

    private static void Draw(StringBuilder svg, Line line, int index, Func<(double X, double Y), (double X, double Y)> place)
    {
        var points = line.Points.Select(point => place(point))
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}"));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <polyline fill="none" stroke="{Colours[index]}" stroke-width="2" points="{string.Join(' ', points)}"/>
            <text x="{Width - Right}" y="{Top - 6 + (index * 14)}" text-anchor="end">
            <tspan fill="{Colours[index]}">■</tspan> {WebUtility.HtmlEncode(line.Name)}</text>

            """);
    }

    private static string Figure(string title, StringBuilder svg) =>
        $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">\n{svg}</svg></figure>\n";
}
